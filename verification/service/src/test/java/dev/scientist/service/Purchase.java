package dev.scientist.service;

import com.fasterxml.jackson.annotation.JsonManagedReference;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A purchase of a customer. Its lines are loaded lazily, and {@code equals} loads them, as it does in many entities.
 */
@Entity
class Purchase {

    @Id
    private long id;

    private String customer;

    @OneToMany(mappedBy = "purchase", cascade = CascadeType.ALL)
    @OrderBy("id")
    @JsonManagedReference
    private List<Line> lines = new ArrayList<>();

    /** For Hibernate. */
    Purchase() {}

    Purchase(long id, String customer) {
        this.id = id;
        this.customer = customer;
    }

    long getId() {
        return id;
    }

    String getCustomer() {
        return customer;
    }

    void setCustomer(String customer) {
        this.customer = customer;
    }

    List<Line> getLines() {
        return lines;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Purchase that && id == that.id && getLines().equals(that.getLines());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id);
    }
}
