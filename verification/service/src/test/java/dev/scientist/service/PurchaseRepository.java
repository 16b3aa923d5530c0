package dev.scientist.service;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** The repository of purchases. */
interface PurchaseRepository extends JpaRepository<Purchase, Long> {

    /** The purchases of one customer, as projections. */
    List<Receipt> findByCustomer(String customer);

    /** Changes lines in the database only: the session keeps the lines that it has read. */
    @Modifying
    @Query("update Line line set line.article = :article where line.purchase.id = :id")
    int relabel(@Param("id") long id, @Param("article") String article);
}
