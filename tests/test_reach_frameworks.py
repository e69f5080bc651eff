"""Reach in Next, Astro, SvelteKit, Remix: pages by files, layouts, and what is on every page."""

from tests.reach_support import PIXEL, Followed, package

NEXT = {
    "package.json": package("next"),
    "next.config.js": "module.exports = {}\n",
    "tsconfig.json": '{"compilerOptions": {"paths": {"@ui/*": ["./lib/ui/*"],},}} // x',
}


def test_next_pages_have_app_and_document_around_them() -> None:
    site = Followed(
        {
            **NEXT,
            "pages/_app.jsx": "import Pixel from '@ui/Pixel'\nexport default () => <><Pixel/></>\n",
            "pages/_document.jsx": "export default () => <Html/>\n",
            "pages/index.jsx": "export default () => <h1>Welcome</h1>\n",
            "pages/book/index.jsx": "import Head from 'next/head'\nexport default () => <Head><title>Book a visit</title></Head>\n",
            "pages/doctors/[id].tsx": "export default () => <main/>\n",
            "pages/404.jsx": "export default () => <h1>Gone</h1>\n",
            "pages/api/lead.js": "import '../../lib/capi'\n",
            "pages/index.test.jsx": "",
            "lib/ui/Pixel.jsx": PIXEL,
            "lib/capi.js": "fetch('https://graph.facebook.com/v19.0/1/events')\n",
            "lib/unused.js": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/book", "/doctors/[id]", "/404"}
    assert site.pages["/book"].title == "Book a visit"
    assert site.pages["/"].title == "Welcome"
    assert site.pages["/doctors/[id]"].stands_for == "every page of /doctors/[id]"
    assert site.chains("lib/ui/Pixel.jsx")["/book"] == ("pages/book/index.jsx:1 (every page)", "pages/_app.jsx:1", "lib/ui/Pixel.jsx")
    assert site.reached("pages/_document.jsx") == set(site.pages)
    assert not site.reached("lib/capi.js")
    assert not site.dead("lib/capi.js"), "server code runs without a page"
    assert site.dead("lib/unused.js")


def test_next_layouts_are_around_the_pages_below_them() -> None:
    site = Followed(
        {
            **NEXT,
            "app/layout.tsx": "import Ga from '../components/Ga'\nexport default ({children}) => <html><Ga/>{children}</html>\n",
            "app/page.tsx": "export const metadata = { title: 'Home' }\n",
            "app/(clinic)/layout.tsx": "import { Pixel } from '@/components'\nexport default () => <Pixel/>\n",
            "app/(clinic)/book/page.tsx": "",
            "app/(clinic)/book/@modal/(.)terms/page.tsx": "import Hj from '../../../../../components/Hj'\nexport default () => <Hj/>\n",
            "app/(clinic)/book/terms/page.mdx": "# Terms\n",
            "app/blog/[slug]/page.tsx": "export function generateStaticParams() { return posts.map((post) => ({ slug: post.slug })) }\n"
            "const posts = [{ slug: 'a', tags: [{ slug: 'no' }] }, { slug: 'b' }]\n",
            "app/_private/page.tsx": "",
            "app/not-found.tsx": "",
            "app/api/x/route.ts": "",
            "components/index.ts": "export { Pixel } from './Pixel'\nexport * from './Other'\n",
            "components/Pixel.tsx": PIXEL,
            "components/Other.tsx": "export const Other = 1\n",
            "components/Ga.tsx": PIXEL,
            "components/Hj.tsx": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/book", "/book/terms", "/blog/a", "/blog/b", "/404"}
    assert site.reached("components/Ga.tsx") == set(site.pages)
    assert site.reached("components/Pixel.tsx") == {"/book", "/book/terms"}
    assert site.chains("components/Pixel.tsx")["/book"] == (
        "app/(clinic)/book/page.tsx:1 (every page below app/(clinic))",
        "app/(clinic)/layout.tsx:1",
        "components/Pixel.tsx",
    )
    assert site.reached("components/Hj.tsx") == {"/book/terms"}
    assert site.dead("components/Other.tsx"), "a file of re-exports pulls in only what is asked for"


def test_unused_and_commented_out_imports_pull_in_nothing() -> None:
    site = Followed(
        {
            **NEXT,
            "app/layout.tsx": "import A from './A'\nimport B from './B'\n// import C from './C'\n"
            "import type { D } from './D'\nimport E from './E'\n"
            "import './F'\nexport default () => <body>{/* <A/> */}<B/><Script src='/js/g.js'/></body>\n"
            "const Lazy = dynamic(() => import('./H'))\n",
            "app/page.tsx": "",
            **{f"app/{name}.tsx": PIXEL for name in "ABCDEFH"},
            "public/js/g.js": PIXEL,
        }
    )
    assert {name for name in "ABCDEFH" if site.reached(f"app/{name}.tsx")} == {"B", "F", "H"}
    assert site.reached("public/js/g.js") == {"/"}
    assert site.dead("app/A.tsx")


def test_a_component_behind_consent_is_gated() -> None:
    site = Followed(
        {
            **NEXT,
            "app/layout.tsx": "import A from './A'\nimport B from './B'\n"
            "export default () => <>{consent.marketing && <A/>}{!consent && <B/>}</>\n",
            "app/page.tsx": "",
            "app/A.tsx": PIXEL,
            "app/B.tsx": PIXEL,
        }
    )
    assert site.states("app/A.tsx") == {"/": "consent-gated"}
    assert site.states("app/B.tsx") == {"/": "active"}


def test_two_sites_of_one_repository_keep_their_folders() -> None:
    site = Followed(
        {
            "apps/web/package.json": package("next"),
            "apps/web/app/layout.tsx": "import { Pixel } from '@acme/ui/pixel'\nexport default () => <Pixel/>\n",
            "apps/web/app/page.tsx": "",
            "apps/docs/package.json": package("next"),
            "apps/docs/app/layout.tsx": "",
            "apps/docs/app/page.tsx": "",
            "packages/ui/package.json": '{"name": "@acme/ui"}',
            "packages/ui/src/pixel.tsx": PIXEL,
        }
    )
    assert set(site.pages) == {"apps/web/", "apps/docs/"}
    assert site.reached("packages/ui/src/pixel.tsx") == {"apps/web/"}


ASTRO = {
    "package.json": package("astro"),
    "astro.config.mjs": "import { defineConfig } from 'astro/config'\nimport gtm from './integrations/gtm'\n"
    "export default defineConfig({ integrations: [gtm()] })\n",
}


def test_astro_pages_layouts_and_collections() -> None:
    site = Followed(
        {
            **ASTRO,
            "integrations/gtm.ts": PIXEL,
            "src/pages/index.astro": "---\nimport Base from '../layouts/Base.astro';\n---\n"
            "<Base title=\"Welcome\"><script>import '../scripts/chat.ts'</script></Base>\n",
            "src/pages/about.md": "---\ntitle: About us\nlayout: ../layouts/Base.astro\n---\n# Hello\n",
            "src/pages/_draft.astro": "",
            "src/pages/blog/[...slug].astro": "---\nimport Base from '../../layouts/Base.astro';\n"
            "export async function getStaticPaths() {\n"
            "  const posts = await getCollection('blog');\n  return posts.map((post) => ({ params: { slug: post.id }, props: "
            "post }));\n}\n---\n<Base><slot/></Base>\n",
            "src/pages/feed.xml.ts": "",
            "src/content/blog/Hello World.md": '---\ntitle: "Hello: you"\n---\n',
            "src/content/blog/second.mdx": "---\ntitle: Second\nslug: number-two\n---\nimport Pixel from '../../components/Pixel.astro'\n"
            "\n```js\nimport Dead from '../../components/Dead.astro'\n```\n"
            "<Pixel/>\n",
            "src/layouts/Base.astro": "---\nimport Pixel from '../components/Pixel.astro';\nimport Dead from '../components/Dead.astro';\n"
            "import Tail from '../components/Tail.astro';\n---\n"
            '<html><!-- <Dead/> --><Tail/>{/* <Pixel/> */}<script is:inline src="/js/inline.js"></script></html>\n',
            "src/components/Pixel.astro": PIXEL,
            "src/components/Dead.astro": PIXEL,
            "src/components/Tail.astro": PIXEL,
            "src/scripts/chat.ts": PIXEL,
            "public/js/inline.js": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/about", "/blog/hello-world", "/blog/number-two"}
    assert site.pages["/blog/hello-world"].title == "Hello: you"
    assert site.pages["/"].title == "Welcome"
    assert site.reached("src/components/Tail.astro") == set(site.pages)
    assert site.reached("public/js/inline.js") == set(site.pages)
    assert site.reached("integrations/gtm.ts") == set(site.pages)
    assert site.chains("src/components/Tail.astro")["/about"] == (
        "src/pages/about.md:3",
        "src/layouts/Base.astro:4",
        "src/components/Tail.astro",
    )
    assert site.chains("src/components/Tail.astro")["/blog/hello-world"] == (
        "src/content/blog/Hello World.md:1 (content collection)",
        "src/pages/blog/[...slug].astro:2",
        "src/layouts/Base.astro:4",
        "src/components/Tail.astro",
    )
    assert site.reached("src/components/Pixel.astro") == {"/blog/number-two"}
    assert site.reached("src/scripts/chat.ts") == {"/"}
    assert site.dead("src/components/Dead.astro")


def test_an_astro_page_whose_addresses_are_not_known_stands_for_them() -> None:
    site = Followed(
        {
            **ASTRO,
            "src/pages/[page].astro": "---\nexport async function getStaticPaths() {\n  const all = await getCollection('blog');\n"
            "  return all.map((one) => ({ params: { page: slugify(one.data.title) } }));\n"
            "}\n---\n<h1>{title}</h1>\n",
            "src/content/blog/one.md": "<script>fbq('init', '5039284756102938')</script>\n",
        }
    )
    assert [(page.path, page.stands_for) for page in site.pages.values()] == [("/[page]", "every page of /[page]")]
    assert site.chains("src/content/blog/one.md") == {"/[page]": ("src/pages/[page].astro:1 (collection blog)", "src/content/blog/one.md")}


def test_sveltekit_layouts_resets_and_hooks() -> None:
    site = Followed(
        {
            "package.json": package("@sveltejs/kit"),
            "svelte.config.js": "export default { kit: { alias: { $ui: 'src/ui' } } }\n",
            "src/app.html": "<!doctype html><head>%sveltekit.head%</head>\n",
            "src/hooks.client.ts": PIXEL,
            "src/routes/+layout.svelte": "<script>\n  import Pixel from '$ui/Pixel.svelte';\n  import Off from '$lib/Off.svelte';\n"
            "</script>\n<!-- <Off/> --><Pixel/><slot/>\n",
            "src/routes/+page.svelte": "<svelte:head><title>Home</title></svelte:head>\n",
            "src/routes/(app)/+layout.svelte": "<script>import Tail from '$lib/Tail.svelte'</script>{#if consent}<Tail/>{/if}\n",
            "src/routes/(app)/portal/+page.svelte": "",
            "src/routes/(app)/bare/+page@.svelte": "",
            "src/routes/[[lang]]/doctors/[id=integer]/+page.svelte": "",
            "src/routes/api/+server.ts": "import { send } from '$lib/capi'\nsend()\n",
            "src/ui/Pixel.svelte": PIXEL,
            "src/lib/Off.svelte": PIXEL,
            "src/lib/Tail.svelte": PIXEL,
            "src/lib/capi.ts": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/portal", "/bare", "/doctors/[id=integer]"}
    assert site.reached("src/ui/Pixel.svelte") == site.reached("src/app.html") == site.reached("src/hooks.client.ts") == set(site.pages)
    assert site.states("src/lib/Tail.svelte") == {"/portal": "consent-gated"}
    assert site.dead("src/lib/Off.svelte")
    assert not site.dead("src/lib/capi.ts")


def test_remix_routes_by_files_and_by_table() -> None:
    files = {
        "package.json": package("@remix-run/react"),
        "app/root.tsx": "import Pixel from '~/components/Pixel'\nexport default () => <Pixel/>\n",
        "app/components/Pixel.tsx": PIXEL,
        "app/components/Portal.tsx": PIXEL,
        "app/routes/_index.tsx": "export default () => <h1>Hi</h1>\n",
        "app/routes/portal.tsx": "import P from '../components/Portal'\nexport default () => <P/>\n",
        "app/routes/portal.$id.tsx": "export default 1\n",
        "app/routes/portal_.help.tsx": "export default 1\n",
        "app/routes/_auth.login.tsx": "export default 1\n",
        "app/routes/feed[.]xml.tsx": "export const loader = 1\n",
    }
    site = Followed(files)
    assert set(site.pages) == {"/", "/portal", "/portal/:id", "/portal/help", "/login"}
    assert site.reached("app/components/Pixel.tsx") == set(site.pages)
    assert site.reached("app/components/Portal.tsx") == {"/portal", "/portal/:id"}
    table = (
        "export default [index('routes/_index.tsx'), layout('routes/portal.tsx', [route('book', 'routes/portal.$id.tsx')]),"
        " ...prefix('x', [route('y', 'routes/_auth.login.tsx')])]"
    )
    site = Followed({**files, "app/routes.ts": table})
    assert set(site.pages) == {"/", "/book", "/x/y"}
    assert site.reached("app/components/Portal.tsx") == {"/book"}
