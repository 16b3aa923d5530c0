package dev.scientist.service;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/** All purchases. */
interface PurchaseRepository extends JpaRepository<Purchase, Long> {

    /** Of one customer, as projections. */
    List<Receipt> findByCustomer(String customer);

    /** Changes lines behind the back of the session, which does not clear what it has read. */
    @Modifying
    @Query("update Line line set line.article = :article where line.purchase.id = :id")
    int relabel(@Param("id") long id, @Param("article") String article);
}
