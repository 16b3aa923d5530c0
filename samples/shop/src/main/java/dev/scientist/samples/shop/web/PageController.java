package dev.scientist.samples.shop.web;

import dev.scientist.samples.shop.report.HtmlTable;
import dev.scientist.samples.shop.report.Observations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The web page for people. It shows the experiments, what was counted so far, and where to look further. */
@RestController
final class PageController {

    private final Observations observations;
    private final String page;

    PageController(Observations observations) throws IOException {
        this.observations = observations;
        this.page = new ClassPathResource("page.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        return page.replace("{summary}", observations.summary()).replace("{rows}", HtmlTable.of(observations));
    }
}
