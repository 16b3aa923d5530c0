package dev.scientist.samples.shop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Marks tests that call the running shop over HTTP, on a free port. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = {ShopApplication.class, TrialQueue.class},
        webEnvironment = WebEnvironment.RANDOM_PORT)
public @interface ShopOverHttp {}
