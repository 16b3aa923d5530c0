package dev.scientist.samples.shop.domain;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderBy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A customer's review of a product. Its votes are loaded lazily. */
@Entity
public class Review {

    @Id
    private long id;

    private String sku;

    private String author;

    private int stars;

    private String text;

    private LocalDate writtenOn;

    @ElementCollection
    @CollectionTable(name = "review_vote", joinColumns = @JoinColumn(name = "review_id"))
    @OrderBy("voter")
    private List<Vote> votes = new ArrayList<>();

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Review() {}

    public long getId() {
        return id;
    }

    public String getSku() {
        return sku;
    }

    public String getAuthor() {
        return author;
    }

    public int getStars() {
        return stars;
    }

    public String getText() {
        return text;
    }

    public LocalDate getWrittenOn() {
        return writtenOn;
    }

    public List<Vote> getVotes() {
        return votes;
    }
}
