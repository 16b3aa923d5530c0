package dev.scientist.samples.shop.report;

import java.util.List;

/**
 * The defects that were put into the rewrite on purpose: what a reviewer would call them, where they are, and what
 * findings they cause. The report is made without this list, and is only checked against it.
 */
enum SeededDefect {
    ROUNDING_MODE(
            "rounding mode",
            "tax is rounded half even, not half up (Money.taxOn)",
            "pricing.quote",
            "changed /lines/*/tax [",
            "changed /tax [",
            "changed /gross ["),
    TIME_ZONE(
            "time zone",
            "the cut-off is read on the customer's clock, not the warehouse's (Routes, RewrittenDelivery)",
            "delivery.estimate",
            "changed /dispatched [",
            "changed /arrives ["),
    ROW_ORDER(
            "order of rows",
            "orders of one day come oldest first (RewrittenOrders.history)",
            "orders.history",
            "reordered (whole answer) ["),
    MISSING_NULL(
            "missing null",
            "a customer without a phone has no field for it (AddressBook.recipient)",
            "invoice.recipient",
            "missing /phone ["),
    SLOW_PATH(
            "slow path",
            "what is sold out is looked for three times more, with pauses (RewrittenStock.availability)",
            "stock.availability",
            "timed_out"),
    EXCEPTION(
            "exception",
            "the founders' tier is unknown (LoyaltyAccounts.statusByTier)",
            "loyalty.status",
            "error (whole answer) [dev.scientist.samples.shop.domain.LoyaltyStatus -> java.lang.IllegalArgumentException]"),
    N_PLUS_ONE(
            "N+1 queries",
            "the title of each line is a query of its own (RewrittenOrders.detail)",
            "orders.detail",
            Finding.SLOWER);

    private final String title;
    private final String description;
    private final String experiment;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> signs;

    SeededDefect(String title, String description, String experiment, String... signs) {
        this.title = title;
        this.description = description;
        this.experiment = experiment;
        this.signs = List.of(signs);
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    /** Whether a finding is caused by this defect. */
    boolean explains(Finding finding) {
        return finding.experiment().equals(experiment) && signs.stream().anyMatch(finding.sign()::startsWith);
    }
}
