package dev.scientist.spring.quickstart;

import java.math.BigDecimal;

record QuoteRequest(String customer, BigDecimal amount) {}
