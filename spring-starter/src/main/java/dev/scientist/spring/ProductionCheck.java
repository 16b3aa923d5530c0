package dev.scientist.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;

/** Refuses settings for development in an application with a profile of production. */
final class ProductionCheck {

    private static final Set<String> PRODUCTION = Set.of("prod", "prd", "production", "live");
    private static final Set<String> NOT = Set.of("no", "non", "not");

    private ProductionCheck() {}

    /**
     * Requires that no profile of production is active; without active profiles, that none of the
     * default ones is of production.
     *
     * @throws InvalidPropertyException if one is
     */
    static void requireDevelopment(ConfigurableEnvironment environment) {
        String[] active = environment.getActiveProfiles();
        String[] profiles = active.length == 0 ? environment.getDefaultProfiles() : active;
        Optional<String> production =
                Arrays.stream(profiles).filter(ProductionCheck::isProduction).findFirst();
        if (production.isPresent()) {
            throw PropertyBlock.at(PropertyBlock.SCIENTIST, environment)
                    .invalid(
                            "show-values",
                            true,
                            "must be false where the profile \"" + production.get()
                                    + "\" is active, because it shows what both sides answer to users",
                            "remove it, or set it in the configuration of a development profile, such as"
                                    + " application-dev.yaml");
        }
    }

    /**
     * Whether a word of a profile's name means production, such as the last one of {@code eu-prod},
     * but not that of {@code non-prod}.
     */
    static boolean isProduction(String profile) {
        List<String> words = Arrays.asList(profile.toLowerCase(Locale.ENGLISH).split("[^a-z0-9]+", -1));
        for (int i = 0; i < words.size(); i++) {
            if (PRODUCTION.contains(words.get(i)) && (i == 0 || !NOT.contains(words.get(i - 1)))) {
                return true;
            }
        }
        return false;
    }
}
