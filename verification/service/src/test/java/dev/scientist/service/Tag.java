package dev.scientist.service;

import com.fasterxml.jackson.annotation.JsonBackReference;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.Objects;

/** A tag of a line. */
@Entity
class Tag {

    @Id
    private long id;

    private String word;

    @ManyToOne(fetch = FetchType.LAZY)
    @JsonBackReference
    private Line line;

    /** For Hibernate. */
    Tag() {}

    Tag(long id, Line line, String word) {
        this.id = id;
        this.line = line;
        this.word = word;
    }

    String getWord() {
        return word;
    }

    Line getLine() {
        return line;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tag that && id == that.id && Objects.equals(word, that.word);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id);
    }
}
