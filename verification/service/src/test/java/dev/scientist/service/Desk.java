package dev.scientist.service;

import java.util.List;
import java.util.stream.LongStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The caller of the methods under experiment: typical business methods, each in one session. */
@Service
class Desk {

    static final int LINES = 9;
    static final int TAGS = 10;

    private final PurchaseRepository repository;
    private final Purchases purchases;

    Desk(PurchaseRepository repository, Purchases purchases) {
        this.repository = repository;
        this.purchases = purchases;
    }

    /** Fills the shop: purchases from 1 on, each with nine lines of ten tags. */
    @Transactional
    public void fill(int count) {
        for (long id = 1; id <= count; id++) {
            Purchase purchase = new Purchase(id, "customer " + id);
            for (long line = 0; line < LINES; line++) {
                purchase.getLines().add(line(purchase, id * LINES + line));
            }
            repository.save(purchase);
        }
    }

    private static Line line(Purchase purchase, long id) {
        Line line = new Line(id, purchase, "article " + id);
        LongStream.range(0, TAGS).forEach(tag -> line.getTags().add(new Tag(id * TAGS + tag, line, "word " + tag)));
        return line;
    }

    /** Counts the tags of a purchase, which loads them: 90. */
    @Transactional
    public int tagsOf(long id) {
        return count(purchases.find(id));
    }

    /** Passes a purchase of this session to the method under experiment, and uses the purchase afterwards. */
    @Transactional
    public String describeAndCount(long id) {
        Purchase purchase = repository.findById(id).orElseThrow();
        String description = purchases.describe(purchase);
        return description + ": " + count(purchase);
    }

    /** Passes a purchase that has been loaded completely. */
    @Transactional
    public String countAndDescribe(long id) {
        Purchase purchase = repository.findById(id).orElseThrow();
        int count = count(purchase);
        return count + ": " + purchases.describe(purchase);
    }

    /** Uses the answer in its session: changes articles in the database, and only then reads the lines. */
    @Transactional
    public List<String> relabelled(long id) {
        Purchase purchase = purchases.find(id);
        repository.relabel(id, "relabelled " + id);
        return purchase.getLines().stream().map(Line::getArticle).toList();
    }

    private static int count(Purchase purchase) {
        int count = 0;
        for (Line line : purchase.getLines()) {
            count += line.getTags().size();
        }
        return count;
    }
}
