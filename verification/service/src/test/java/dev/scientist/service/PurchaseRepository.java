package dev.scientist.service;

import org.springframework.data.jpa.repository.JpaRepository;

/** All purchases. */
interface PurchaseRepository extends JpaRepository<Purchase, Long> {}
