package dev.scientist.samples.shop.domain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** One order with all its lines. It is mutable, as many old classes are: everyone who gets one may change it. */
public final class OrderDetail {

    /** One line of an order. */
    public record Line(int position, String sku, String title, int quantity, BigDecimal unitPrice) {}

    private final long id;
    private final LocalDate placedOn;
    private final List<Line> lines;
    private final BigDecimal total;
    private String status;
    private String card;

    public OrderDetail(long id, LocalDate placedOn, String status, String card, List<Line> lines, BigDecimal total) {
        this.id = id;
        this.placedOn = placedOn;
        this.status = status;
        this.card = card;
        this.lines = List.copyOf(lines);
        this.total = total;
    }

    /** A copy of this order, which does not change when this one does. */
    public OrderDetail copy() {
        return new OrderDetail(id, placedOn, status, card, lines, total);
    }

    public long getId() {
        return id;
    }

    public LocalDate getPlacedOn() {
        return placedOn;
    }

    public List<Line> getLines() {
        return lines;
    }

    public BigDecimal getTotal() {
        return total;
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }

    public String getCard() {
        return card;
    }

    public void setCard(String card) {
        this.card = card;
    }
}
