#include "tests/unit/check.h"

#include "pipeline/page.h"

/* Pages of a newspaper that does not exist; the lead stands on each that is behind a paywall. */
static const char *const paywalls[] = {
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div class=gate><p>To continue reading, subscribe to the Westmere "
    "Post.</p></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><section><h2>This article is for subscribers</h2><p>Already a subscriber? "
    "Log in</p></section>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><p>Subscribe to read the full story.</p><a href=/s>See our "
    "offers</a></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><aside><p>You have reached your article limit for this month.</p></aside>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><h3>Create a free account to continue</h3><p>It takes a "
    "minute.</p></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><p>Sign in to read this and every other story of the Post.</p></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><p>This was your last free article. Choose your plan.</p></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><b>Unlock this article</b> <p>for one euro a week</p></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><p>The rest of this article is reserved for subscribers.</p></div>",
    "<title>Pier to close</title><script "
    "type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Pier to "
    "close\",\"isAccessibleForFree\":false}</script><p>The harbour board of Westmere decided on "
    "Monday to close the old ferry pier.</p><p>Subscribe now and cancel anytime.</p>",
    "<title>Pier to close</title><script "
    "type=application/ld+json>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}</"
    "script><p>The harbour board of Westmere decided on Monday to close the old ferry "
    "pier.</p><div>Start your free trial</div>",
    "<title>Pier to close</title><meta property=article:content_tier content=locked><p>The harbour "
    "board of Westmere decided on Monday to close the old ferry pier.</p><div>Get unlimited access "
    "to all our stories</div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><p>Register to continue reading. Registration is free.</p>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div class=overlay><h2>Keep reading for one pound</h2><ul><li>Unlimited "
    "access to every story</ul></div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier.</p><div><p>Log in to continue</p><form><input name=user><input name=password "
    "type=password></form></div>",
};

static const char *const consent_walls[] = {
    "<title>Westmere Post</title><h1>We value your privacy</h1><p>We and our partners store and/or "
    "access information on a device, such as cookies, and process personal data.</p><button>Accept "
    "all</button>",
    "<title>Westmere Post</title><h1>Before you continue to Westmere Post</h1><p>We use cookies "
    "and data to deliver and maintain our services.</p><button>Reject all</button>",
    "<title>Westmere Post</title><p>Please accept cookies to continue to the site that you asked "
    "for, which is paid for by advertising.</p>",
    "<title>Westmere Post</title><h2>We need your consent</h2><p>This site and its vendors would "
    "like to measure what you read here. You may change your mind at any time.</p>",
    "<title>Westmere Post</title><p>Your privacy is important to us. By clicking accept you agree "
    "that this site uses cookies.</p><button>Manage options</button>",
    "<title>Westmere Post</title><p>This website uses cookies. You can withdraw your consent at "
    "any time in the privacy settings.</p>",
    "<title>Westmere Post</title><div><p>We use cookies and similar techniques. Some of our "
    "vendors rely on legitimate interest.</p><p>Cookie settings</p></div>",
    "<title>Westmere Post</title><div role=dialog><h2>Your privacy choices</h2><p>We value your "
    "privacy. Personalised ads pay for this site.</p></div>",
    "<title>Westmere Post</title><p>To continue, accept that this site and its partners use "
    "cookies and read your personal data for personalized ads.</p>",
    "<title>Westmere Post</title><p>Agree to the use of cookies to continue. The site's owners "
    "thank you for your understanding in advance.</p>",
    "<title>Westmere Post</title><p>We and our partners ask for your consent. Manage preferences "
    "or accept all cookies below, as you prefer.</p>",
    "<title>Westmere Post</title><h1>Data protection choices</h1><p>With your consent we use "
    "cookies to measure audiences and improve our products.</p>",
    "<title>Westmere Post</title><p>Vendors store and/or access information on a device when you "
    "visit the pages of this site, if you let them do it.</p>",
    "<title>Westmere Post</title><p>We use cookies.</p><p>Manage cookies</p><p>Reject "
    "all</p><p>Allow all cookies</p>",
    "<title>Westmere Post</title><p>Your privacy is important to us, and so is your consent: by "
    "clicking agree you let us show what you may like.</p>",
};

/* Articles, though words of walls stand beside them or are what they tell of. */
static const char *const articles[] = {
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier, which storms have damaged in each of the last four winters, and to sell the "
    "land around it.</p><p>\"We will build a new pier at the north end by 2027,\" its chairwoman, "
    "Ruth Amsel, said after the meeting, adding that ferries would use the fishing quay until "
    "then.</p>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier, which storms have damaged in each of the last four winters, and to sell the "
    "land around it.</p><p>\"We will build a new pier at the north end by 2027,\" its chairwoman, "
    "Ruth Amsel, said after the meeting, adding that ferries would use the fishing quay until "
    "then.</p><footer><p>We use cookies. Manage cookies.</p></footer>",
    "<title>Pier to close</title><div><p>We value your privacy. We and our partners use cookies "
    "and process personal data.</p><button>Reject all</button></div><p>The harbour board of "
    "Westmere decided on Monday to close the old ferry pier, which storms have damaged in each of "
    "the last four winters, and to sell the land around it.</p><p>\"We will build a new pier at "
    "the north end by 2027,\" its chairwoman, Ruth Amsel, said after the meeting, adding that "
    "ferries would use the fishing quay until then.</p>",
    "<title>Pier to close</title><nav><a href=/s>Subscribe now</a> <a href=/l>Already a "
    "subscriber? Log in</a></nav><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier, which storms have damaged in each of the last four winters, and to sell the "
    "land around it.</p><p>\"We will build a new pier at the north end by 2027,\" its chairwoman, "
    "Ruth Amsel, said after the meeting, adding that ferries would use the fishing quay until "
    "then.</p>",
    "<title>Pier to close</title><meta property=article:content_tier content=free><p>The harbour "
    "board of Westmere decided on Monday to close the old ferry pier, which storms have damaged in "
    "each of the last four winters, and to sell the land around it.</p><p>\"We will build a new "
    "pier at the north end by 2027,\" its chairwoman, Ruth Amsel, said after the meeting, adding "
    "that ferries would use the fishing quay until then.</p><div>To continue reading our "
    "newsletters, sign up.</div>",
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier, which storms have damaged in each of the last four winters, and to sell the "
    "land around it.</p><p>\"We will build a new pier at the north end by 2027,\" its chairwoman, "
    "Ruth Amsel, said after the meeting, adding that ferries would use the fishing quay until "
    "then.</p><aside>Start your free trial</aside>",
    "<title>Pier to close</title><p>The regulator fined the site of a newspaper on Monday because "
    "it did not ask for the consent of its readers before it stored what they had read, and "
    "because it sold that to others.</p><p>The paper said it would appeal, and that its lawyers "
    "thought the rules unclear. A court will hear the case in May, when two others are to be "
    "heard.</p>",
    "<title>Pier to close</title><p>Readers of the Westmere Post will pay ten euros a month from "
    "January, its owner said on Monday, the first rise in six years. Those who have paid for a "
    "year need not pay more before it ends.</p><p>The paper has lost a third of its advertisers "
    "since 2019. It will keep its office in the town, its editor promised.</p>",
};

static const char beginning[] =
    "<title>Pier to close</title><p>The harbour board of Westmere decided on Monday to close the "
    "old ferry pier, which storms have damaged in each of the last four winters, and to sell the "
    "land around it.</p><p>\"We will build a new pier at the north end by 2027,\" its chairwoman, "
    "Ruth Amsel, said after the meeting, adding that ferries would use the fishing quay until "
    "then.</p><div><p>To read the full story, subscribe.</p></div>";

static enum err read(struct arena *a, const char *html, struct page *out)
{
    struct page_input in = {.bytes = text_of(html)};
    struct problem why = {.code = ERR_OK};

    return page_read(a, &in, out, &why);
}

static void expect(const char *const *pages, size_t count, enum err want)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *a = arena_new((size_t)1 << 24);
        struct page page;

        assert_non_null(a);
        enum err got = read(a, pages[i], &page);
        if (got != want)
            fail_msg("%s, not %s: %s", err_name(got), err_name(want), pages[i]);
        assert_true(want != ERR_OK || !page.partial);
        arena_free(a);
    }
}

static void refuses_paywalls(void **state)
{
    (void)state;
    expect(paywalls, sizeof(paywalls) / sizeof(paywalls[0]), ERR_PAYWALL);
}

static void refuses_consent_walls(void **state)
{
    (void)state;
    expect(consent_walls, sizeof(consent_walls) / sizeof(consent_walls[0]), ERR_CONSENT_WALL);
}

static void reads_articles_with_words_of_walls(void **state)
{
    (void)state;
    expect(articles, sizeof(articles) / sizeof(articles[0]), ERR_OK);
}

static void reads_what_a_wall_leaves_visible_and_says_so(void **state)
{
    (void)state;
    struct arena *a = arena_new((size_t)1 << 24);
    struct page page;

    assert_non_null(a);
    assert_int_equal(read(a, beginning, &page), ERR_OK);
    assert_true(page.partial);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_paywalls),
        cmocka_unit_test(refuses_consent_walls),
        cmocka_unit_test(reads_articles_with_words_of_walls),
        cmocka_unit_test(reads_what_a_wall_leaves_visible_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
