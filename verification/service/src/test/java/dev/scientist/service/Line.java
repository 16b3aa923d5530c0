package dev.scientist.service;

import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonManagedReference;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One line of a purchase. */
@Entity
class Line {

    @Id
    private long id;

    private String article;

    @ManyToOne(fetch = FetchType.LAZY)
    @JsonBackReference
    private Purchase purchase;

    @OneToMany(mappedBy = "line", cascade = CascadeType.ALL)
    @OrderBy("id")
    @JsonManagedReference
    private List<Tag> tags = new ArrayList<>();

    /** For Hibernate. */
    Line() {}

    Line(long id, Purchase purchase, String article) {
        this.id = id;
        this.purchase = purchase;
        this.article = article;
    }

    String getArticle() {
        return article;
    }

    Purchase getPurchase() {
        return purchase;
    }

    List<Tag> getTags() {
        return tags;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Line that && id == that.id && getTags().equals(that.getTags());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id);
    }
}
