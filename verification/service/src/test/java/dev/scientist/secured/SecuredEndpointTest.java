package dev.scientist.secured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Scientist;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Runs the commands of docs/spring.md, "Security and CSRF", over HTTP. */
@Tag("promise-7")
class SecuredEndpointTest {

    private static final String EXPERIMENTS = "/actuator/experiments";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\".*value=\"(?<token>[^\"]*)\"");

    /** The configuration that docs/spring.md shows. */
    static class Chains {
        // tag::secured-endpoint[]
        @Bean
        @Order(1)
        SecurityFilterChain experiments(HttpSecurity http) throws Exception {
            return http.securityMatcher("/actuator/experiments/**")
                    .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPERATOR"))
                    .httpBasic(Customizer.withDefaults())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(AbstractHttpConfigurer::disable)
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
        // end::secured-endpoint[]

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ann")
                            .password("{noop}secret")
                            .roles("OPERATOR")
                            .build(),
                    User.withUsername("bob")
                            .password("{noop}secret")
                            .roles("CLERK")
                            .build());
        }
    }

    private static SecuredApplication byDefault;
    private static SecuredApplication withChains;

    @BeforeAll
    static void start() {
        byDefault = SecuredApplication.start();
        withChains = SecuredApplication.start(Chains.class);
    }

    @AfterAll
    static void close() {
        withChains.close();
        byDefault.close();
    }

    @BeforeEach
    void reset() {
        byDefault.reset();
        withChains.reset();
    }

    /** The CSRF token on the login page. It belongs to the session whose cookie the response sets. */
    private static String token(SecuredApplication application) throws IOException, InterruptedException {
        Matcher input =
                TOKEN.matcher(application.send(application.request("/login")).body());
        assertThat(input.find()).as("a token on the login page").isTrue();
        return input.group("token");
    }

    @Test
    void byDefaultOnlyWhoIsSignedInReads() throws Exception {
        HttpResponse<String> health = byDefault.send(byDefault.request("/actuator/health"));
        HttpResponse<String> stranger = byDefault.send(byDefault.request(EXPERIMENTS));
        HttpResponse<String> ann = byDefault.send(byDefault.signedIn(EXPERIMENTS, "ann"));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(ann.statusCode()).isEqualTo(200);
        assertThat(ann.body()).contains("\"enabled\":true");
    }

    @Test
    void byDefaultThrowingTheSwitchTakesAToken() throws Exception {
        Scientist scientist = byDefault.scientist();

        int without = byDefault
                .send(byDefault.killing(byDefault.signedIn(EXPERIMENTS, "ann")))
                .statusCode();
        boolean isEnabledStill = scientist.isEnabled();
        HttpResponse<String> with = byDefault.send(
                byDefault.killing(byDefault.signedIn(EXPERIMENTS, "ann")).header("X-CSRF-TOKEN", token(byDefault)));

        assertThat(without).as("although the password is right").isEqualTo(401);
        assertThat(isEnabledStill).isTrue();
        assertThat(with.statusCode()).isEqualTo(200);
        assertThat(with.body()).isEqualTo("{\"enabled\":false}");
        assertThat(scientist.isEnabled()).isFalse();
    }

    @Test
    void withAChainOfItsOwnTheDocumentedCommandWorks() throws Exception {
        HttpResponse<String> killed = withChains.send(withChains.killing(withChains.signedIn(EXPERIMENTS, "ann")));

        assertThat(killed.statusCode()).isEqualTo(200);
        assertThat(withChains.scientist().isEnabled()).isFalse();
        assertThat(killed.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void withAChainOfItsOwnNobodyElseMayThrowTheSwitch() throws Exception {
        int stranger = withChains
                .send(withChains.killing(withChains.request(EXPERIMENTS)))
                .statusCode();
        int clerk = withChains
                .send(withChains.killing(withChains.signedIn(EXPERIMENTS, "bob")))
                .statusCode();
        int form = withChains
                .send(withChains
                        .signedIn(EXPERIMENTS, "ann")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString(SecuredApplication.KILL)))
                .statusCode();

        assertThat(stranger).isEqualTo(401);
        assertThat(clerk).isEqualTo(403);
        assertThat(form).as("what a form of another site could send").isEqualTo(415);
        assertThat(withChains.scientist().isEnabled()).isTrue();
    }

    @Test
    void withAChainOfItsOwnEverythingElseIsAsItWas() throws Exception {
        int health = withChains.send(withChains.request("/actuator/health")).statusCode();
        int stranger = withChains.send(withChains.request("/orders")).statusCode();
        int ann = withChains.send(withChains.signedIn("/orders", "ann")).statusCode();
        int withoutToken = withChains
                .send(withChains.killing(withChains.signedIn("/orders", "ann")))
                .statusCode();

        assertThat(health).isEqualTo(200);
        assertThat(stranger).isEqualTo(401);
        assertThat(ann).as("there is no such page").isEqualTo(404);
        assertThat(withoutToken).as("of somebody who may see it").isEqualTo(401);
    }
}
