package dev.scientist.spring.quickstart;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class QuickStartApplication {}
