#include "tests/unit/check.h"

#include "base/strbuf.h"
#include "pipeline/page.h"

#define ONE                                                                                        \
    "The council of Millbrook voted on Tuesday to repair the old stone bridge, which has been "    \
    "closed since a flood in the spring, and to reopen it to traffic before winter."
#define TWO                                                                                        \
    "\"We will have the work done by November,\" the mayor, Ann Holm, said after the vote. She "   \
    "promised that no tolls would be raised, and that buses would run in the meantime."
#define BODY "<p>" ONE "</p><p>" TWO "</p>"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new((size_t)1 << 26);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static enum err try_page(const char *html, const char *url, const char *fetched, struct page *out)
{
    struct problem why = {.code = ERR_OK};
    struct page_input in = {.bytes = text_of(html)};

    if (url)
        in.url = text_of(url);
    if (fetched)
        in.fetched_at = text_of(fetched);
    enum err e = page_read(arena, &in, out, &why);
    assert_true(e == ERR_OK || (why.code == e && why.detail.len > 0));
    return e;
}

static struct page read_page(const char *html)
{
    struct page p;
    assert_int_equal(try_page(html, NULL, NULL, &p), ERR_OK);
    return p;
}

static void check_body(const char *html, const char *want)
{
    check_text(read_page(html).text, want);
}

static void keeps_paragraphs(void **state)
{
    (void)state;
    check_body("<title>x</title>" BODY, ONE "\n\n" TWO);
    check_body("<div><div>" ONE "<br><br>" TWO "</div></div>", ONE "\n\n" TWO);
    check_body("<article>" BODY "<h2>What is next</h2><p>" ONE "</p><ul><li>A new railing is to be "
               "put up.<li>The piers are to be cleaned.</ul></article>",
               ONE "\n\n" TWO "\n\nWhat is next\n\n" ONE
                   "\n\nA new railing is to be put up.\n\nThe piers are to be cleaned.");
}

static void paragraphs_are_spans_of_the_text(void **state)
{
    (void)state;
    struct page p = read_page("<article><p>" ONE "<h2>Next</h2>" BODY);
    assert_int_equal(p.paragraphs.count, 4);
    check_text(text_slice(p.text, p.paragraphs.at[0].span), ONE);
    assert_int_equal(p.paragraphs.at[1].kind, PARAGRAPH_HEADLINE);
    check_text(text_slice(p.text, p.paragraphs.at[1].span), "Next");
    assert_int_equal(p.paragraphs.at[3].kind, PARAGRAPH_BODY);
    check_text(text_slice(p.text, p.paragraphs.at[3].span), TWO);
}

static void leaves_out_what_is_no_article(void **state)
{
    (void)state;
    check_body(
        "<nav><a href=/>Home</a></nav><article><h1>Bridge</h1>" BODY
        "</article><footer>Copyright 2021, all rights are with the Example Courier.</footer>",
        ONE "\n\n" TWO);
    check_body("<div>" BODY
               "<figure><img><figcaption>The bridge, as it was seen in May, before the "
               "flood. Photo: Raj Patel</figcaption></figure></div>",
               ONE "\n\n" TWO);
    check_body("<div>" BODY
               "<div class='related-links'><p>The dam, too, is to be mended, and soon, "
               "a report says.</p></div></div>",
               ONE "\n\n" TWO);
    check_body("<main>" BODY "</main><div id=comments><p>I have waited for this bridge for years, "
               "and so has my mother.</p></div>",
               ONE "\n\n" TWO);
    check_body("<div>" BODY "<p><a href=/x>Read more about the bridge, the flood and the mayor</a>"
               "</p><h3>Related</h3></div>",
               ONE "\n\n" TWO);
    check_body("<div>" BODY
               "<div style='display: none'><p>This text is hidden, and nobody is meant "
               "to read it.</p></div></div>",
               ONE "\n\n" TWO);
}

static void leaves_out_notes_of_the_site(void **state)
{
    (void)state;
    check_body("<div>" BODY "<p>Sign up for our newsletter to get more stories like this one.</p>"
               "<p>Updated 5:27 am CST, Wednesday, November 20, 2019</p></div>",
               ONE "\n\n" TWO);
    check_body("<div>" BODY "<p>Watch: <a href=/v>the bridge from above</a></p></div>",
               ONE "\n\n" TWO);
    check_body("<div>" BODY "<p>Watch out for ice on the bridge, police said.</p></div>",
               ONE "\n\n" TWO "\n\nWatch out for ice on the bridge, police said.");
}

static void leaves_out_headline_and_standfirst(void **state)
{
    (void)state;
    check_body(
        "<article><h1>Bridge to reopen</h1><h2>After a long debate, the council voted to mend "
        "it, at a cost of two million.</h2>" BODY "</article>",
        ONE "\n\n" TWO);
    check_body(
        "<article><p class=standfirst>After a long debate, the council voted to mend it.</p>" BODY
        "</article>",
        ONE "\n\n" TWO);
}

static void keeps_quoted_posts(void **state)
{
    (void)state;
    check_body("<div>" BODY
               "<div class=social-embed><blockquote><p>So glad, at last, about our old "
               "bridge!</p></blockquote></div><p>" ONE "</p></div>",
               ONE "\n\n" TWO "\n\nSo glad, at last, about our old bridge!\n\n" ONE);
}

/* Teasers stand each in an element of its own, however many they are. */
static void tells_teasers_from_an_article(void **state)
{
    (void)state;
#define TEASER                                                                                     \
    "<li><a href=/dam>The dam is next</a><div><div>In other news, the dam is to be mended as "     \
    "well, a report that came out on "                                                             \
    "Monday said, and the ferry, too.</div></div></li>"
    check_body("<div><div>" BODY BODY BODY "</div><ul>" TEASER TEASER TEASER TEASER "</ul></div>",
               ONE "\n\n" TWO "\n\n" ONE "\n\n" TWO "\n\n" ONE "\n\n" TWO);
}

/* A whole article is not taken for a margin because of a class name around it. */
static void text_outweighs_names(void **state)
{
    (void)state;
    check_body("<div class='with-sidebar related'>" BODY "</div>", ONE "\n\n" TWO);
    check_body("<form id=aspnetForm><div>" BODY "</div></form>", ONE "\n\n" TWO);
}

static void refuses_pages_without_an_article(void **state)
{
    (void)state;
    struct page p = {.text = {"x", 1}};
    assert_int_equal(try_page("", NULL, NULL, &p), ERR_NO_ARTICLE);
    assert_int_equal(try_page("<div id=root></div><script>draw()</script>", NULL, NULL, &p),
                     ERR_NO_ARTICLE);
    assert_int_equal(
        try_page("<ul><li><a href=/a>News</a><li><a href=/b>Sport</a></ul>", NULL, NULL, &p),
        ERR_NO_ARTICLE);
    assert_int_equal(p.text.len, 1);
}

static void check_published(const char *html, const char *want)
{
    struct page p = read_page(html);
    if (!want)
        assert_int_equal(p.article.published.len, 0);
    else
        check_text(p.article.published, want);
}

static void reads_dates_from_metadata(void **state)
{
    (void)state;
    check_published(
        "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebSite\",\"datePublished\":"
        "\"2001-01-01\"},{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2021-04-06T15:14:00Z\"}]}"
        "</script>" BODY,
        "2021-04-06T15:14:00Z");
    check_published("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"a\n"
                    "b\",\"datePublished\":\"2021-04-06\",}</script>" BODY,
                    "2021-04-06");
    check_published("<meta property=article:published_time content=2021-04-06>" BODY, "2021-04-06");
    check_published("<meta property=article:modified_time content=2021-04-07>" BODY, NULL);
    check_published("<h1>Bridge</h1><time datetime=2021-04-06>Tuesday</time>" BODY, "2021-04-06");
    check_published("<link rel=canonical href=https://example.org/2021/04/06/bridge>" BODY,
                    "2021-04-06");
}

/* Late on the sixth at the desk is the seventh in UTC. */
static void the_day_is_the_desks_day(void **state)
{
    (void)state;
    check_published("<meta property=article:published_time content=2021-04-07T03:28:00Z>"
                    "<link rel=canonical href=https://example.org/2021/04/06/bridge>" BODY,
                    "2021-04-06");
    check_published("<meta property=article:published_time content=2021-04-09T03:28:00Z>"
                    "<link rel=canonical href=https://example.org/2021/04/06/bridge>" BODY,
                    "2021-04-09T03:28:00Z");
}

static void check_title(const char *html, const char *want)
{
    check_text(read_page(html).article.title, want);
}

static void reads_titles(void **state)
{
    (void)state;
    check_title("<title>Bridge to reopen - Courier</title><h1>Bridge to reopen</h1>" BODY,
                "Bridge to reopen");
    check_title("<title>Bridge to reopen</title><h1>Courier</h1>" BODY, "Bridge to reopen");
    check_title("<meta property='og:title dc:title' content='Bridge &amp; dam'>" BODY,
                "Bridge & dam");
    check_title("<title>Bridge -- COURIER</title><meta property=og:site_name content=Courier>" BODY,
                "Bridge");
}

static void finds_the_headline_in_the_windows_title(void **state)
{
    (void)state;
    /* Titles for sharing are other words; the window's stands for the article. */
    check_title(
        "<title>Council votes to reopen the bridge | Courier</title>"
        "<meta property=og:title content='Reopen the bridge? Council decides at last'>" BODY,
        "Council votes to reopen the bridge");
    check_title("<title>Courier: Council votes for the bridge</title><h1>Courier</h1>"
                "<meta property=og:title content='Council votes for the bridge'>" BODY,
                "Council votes for the bridge");
    check_title("<title>The &ldquo;old&rdquo; bridge &mdash; Page 2</title>"
                "<meta property=og:title content='The \"old\" bridge'>" BODY,
                "The \"old\" bridge");
    check_title("<title>A bridge to nowhere | Politics | Courier</title>" BODY,
                "A bridge to nowhere | Politics");
    check_title("<title>Holm and the bridge: How a council changed its mind | Courier</title>"
                "<meta property=og:title content='How a council changed its mind'>" BODY,
                "Holm and the bridge: How a council changed its mind");
    /* A window's title that has nothing to do with the article does not stand for it. */
    check_title("<title>Courier: news and weather</title>"
                "<meta property=og:title content='Bridge to reopen'>" BODY,
                "Bridge to reopen");
    check_title("<title>Up | Courier of the river towns</title>" BODY,
                "Up | Courier of the river towns");
}

static void reads_dates_from_lines(void **state)
{
    (void)state;
    check_published("<h1>Bridge</h1><div>Published 3:14 PM, April 6, 2021 | Updated April 8, "
                    "2021</div>" BODY,
                    "2021-04-06");
    check_published("<h1>Bridge</h1><div>Updated April 8, 2021</div>" BODY, NULL);
    check_published(BODY "<div>Copyright April 8, 2021</div>", NULL);
}

static void believes_nothing_from_the_future(void **state)
{
    (void)state;
    struct page p;
    const char *html = "<meta property=article:published_time content=2031-04-06>" BODY;
    assert_int_equal(try_page(html, "https://example.org/2021/04/05/x", "2021-04-07T00:00:00Z", &p),
                     ERR_OK);
    check_text(p.article.published, "2021-04-05");
    assert_false(p.dates_disagree);
}

static void tells_when_sources_disagree(void **state)
{
    (void)state;
    struct page p = read_page("<meta property=article:published_time content=2021-04-06>"
                              "<meta itemprop=datePublished content=2020-01-01>" BODY);
    assert_true(p.dates_disagree);
    check_text(p.article.published, "2021-04-06");
}

static void reads_the_rest(void **state)
{
    (void)state;
    struct page p = read_page(
        "<html lang=en-GB><title>Bridge to reopen | Example Courier</title>"
        "<meta property=og:site_name content='Example Courier'><meta name=author content='Staff'>"
        "<link rel=canonical href=https://example.org/bridge>"
        "<meta property=article:section content=Local><body><div class=byline>By Ann Holm and Raj "
        "Patel</div>" BODY);
    check_text(p.article.title, "Bridge to reopen");
    check_text(p.article.site, "Example Courier");
    check_text(p.article.section, "Local");
    check_text(p.article.language, "en");
    check_text(p.canonical_url, "https://example.org/bridge");
    assert_int_equal(p.article.byline_count, 2);
    check_text(p.article.byline[0], "Ann Holm");
    check_text(p.article.byline[1], "Raj Patel");
}

static void absent_knowledge_is_null(void **state)
{
    (void)state;
    struct page p = read_page(BODY);
    assert_null(p.article.title.bytes);
    assert_null(p.article.site.bytes);
    assert_null(p.canonical_url.bytes);
    assert_int_equal(p.article.byline_count, 0);
    assert_false(day_known(p.article.published_day));
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    const char *html = "<title>Bridge</title><meta name=author content='Ann Holm'>" BODY;
    enum err e = ERR_NO_MEMORY;
    for (size_t budget = 0; e != ERR_OK; budget += 512) {
        struct arena *a = arena_new(budget);
        struct page_input in = {.bytes = text_of(html)};
        struct problem why = {.code = ERR_OK};
        struct page p;
        e = page_read(a, &in, &p, &why);
        assert_true(e == ERR_OK || e == ERR_NO_MEMORY);
        arena_free(a);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_paragraphs),
        TEST(paragraphs_are_spans_of_the_text),
        TEST(leaves_out_what_is_no_article),
        TEST(leaves_out_notes_of_the_site),
        TEST(leaves_out_headline_and_standfirst),
        TEST(keeps_quoted_posts),
        TEST(tells_teasers_from_an_article),
        TEST(text_outweighs_names),
        TEST(refuses_pages_without_an_article),
        TEST(reads_dates_from_metadata),
        TEST(the_day_is_the_desks_day),
        TEST(reads_titles),
        TEST(finds_the_headline_in_the_windows_title),
        TEST(reads_dates_from_lines),
        TEST(believes_nothing_from_the_future),
        TEST(tells_when_sources_disagree),
        TEST(reads_the_rest),
        TEST(absent_knowledge_is_null),
        TEST(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
