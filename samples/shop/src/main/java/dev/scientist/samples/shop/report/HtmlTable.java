package dev.scientist.samples.shop.report;

import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The current counts as rows of an HTML table. */
public final class HtmlTable {

    private HtmlTable() {}

    public static String of(Observations observations) {
        return observations.all().stream().map(HtmlTable::row).collect(Collectors.joining());
    }

    private static String row(Observation observation) {
        String findings = observation.findings().stream()
                .map(finding -> "<li><b>" + finding.rate() + "</b> " + HtmlUtils.htmlEscape(finding.sign()) + "</li>")
                .collect(Collectors.joining());
        return """
                <tr>
                  <th><a href="/actuator/experiments/%1$s">%1$s</a></th>
                  <td>%2$s</td><td>%3$s</td><td>%4$s</td><td>%5$s</td>
                  <td>%6$s</td><td>%7$s</td>
                  <td class="text" title="%10$s">%9$s</td>
                  <td class="text"><ul>%8$s</ul></td>
                </tr>
                """.formatted(
                        HtmlUtils.htmlEscape(observation.experiment()),
                        Figures.count(observation.calls()),
                        Figures.count(observation.started()),
                        Figures.count(observation.disagreements()),
                        Figures.count(observation.late()),
                        Figures.millis(observation.primary().p50()),
                        Figures.millis(observation.candidate().p50()),
                        findings,
                        Decisions.brief(observation.decision()),
                        HtmlUtils.htmlEscape(Decisions.sentence(observation.decision())));
    }
}
