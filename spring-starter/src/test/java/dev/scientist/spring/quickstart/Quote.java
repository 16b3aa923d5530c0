package dev.scientist.spring.quickstart;

import java.math.BigDecimal;

record Quote(BigDecimal amount) {}
