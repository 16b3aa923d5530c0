package dev.scientist.samples.markdown;

/** Renders Markdown as HTML with one library and its defaults. Both libraries are thread-safe, and so is this. */
@FunctionalInterface
interface MarkdownToHtml {

    String render(String markdown);

    /** The primary: commonmark-java, the library in service. */
    static MarkdownToHtml commonmark() {
        var parser = org.commonmark.parser.Parser.builder().build();
        var renderer = org.commonmark.renderer.html.HtmlRenderer.builder().build();
        return markdown -> renderer.render(parser.parse(markdown));
    }

    /** The candidate: flexmark-java, which is to replace it. */
    static MarkdownToHtml flexmark() {
        var parser = com.vladsch.flexmark.parser.Parser.builder().build();
        var renderer = com.vladsch.flexmark.html.HtmlRenderer.builder().build();
        return markdown -> renderer.render(parser.parse(markdown));
    }
}
