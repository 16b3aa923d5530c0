package dev.scientist.samples.shop;

import dev.scientist.spring.testing.AutoConfigureScientist;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Marks tests of the shop on its database. They fail on a disagreement that they do not expect. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureScientist
@Tag("database")
public @interface ShopTest {}
