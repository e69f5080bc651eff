"""Reach in Nuxt, Gatsby, Docusaurus, VitePress and VuePress."""

from tests.reach_support import PIXEL, Followed, package


def test_nuxt_plugins_layouts_and_components_by_name() -> None:
    site = Followed(
        {
            "package.json": package(nuxt="^3.11.0"),
            "nuxt.config.ts": "export default defineNuxtConfig({})\n",
            "app.vue": "<template><NuxtLayout><NuxtPage/></NuxtLayout></template>\n",
            "pages/index.vue": "<template><BaseHero/><LazyFooBar/></template>\n<script setup>useHead({ title: 'Welcome' })\n"
            "usePixel()</script>\n",
            "pages/book.vue": "<script setup>definePageMeta({ layout: 'plain' })</script><template><!-- <BaseHero/> --></template>\n",
            "pages/doctors/[id].vue": "<template><p/></template>\n",
            "pages/doctors.vue": "<template><NuxtPage/><foo-bar/></template>\n",
            "layouts/default.vue": "<script setup>import Chat from '~/components/x/Chat.vue'</script><template><Chat/></template>\n",
            "layouts/plain.vue": "<template><slot/></template>\n",
            "plugins/pixel.client.ts": PIXEL,
            "plugins/deep/helper.ts": PIXEL,
            "composables/usePixel.ts": "export const usePixel = () => fbq('track', 'Lead')\n",
            "components/base/Hero.vue": PIXEL,
            "components/foo/FooBar.vue": PIXEL,
            "components/x/Chat.vue": PIXEL,
            "components/Dead.vue": PIXEL,
            "server/api/lead.post.ts": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/book", "/doctors", "/doctors/[id]"}
    assert site.pages["/"].title == "Welcome"
    assert site.reached("plugins/pixel.client.ts") == set(site.pages)
    assert site.chains("plugins/pixel.client.ts")["/book"] == ("pages/book.vue:1 (every page)", "plugins/pixel.client.ts")
    assert not site.reached("plugins/deep/helper.ts")
    assert site.reached("components/base/Hero.vue") == {"/"}
    assert site.reached("components/foo/FooBar.vue") == {"/", "/doctors", "/doctors/[id]"}
    assert site.reached("components/x/Chat.vue") == {"/", "/doctors", "/doctors/[id]"}
    assert site.reached("composables/usePixel.ts") == {"/"}
    assert site.dead("components/Dead.vue")
    assert not site.dead("server/api/lead.post.ts")


def test_nuxt_2_has_only_the_plugins_of_its_configuration() -> None:
    site = Followed(
        {
            "package.json": package(nuxt="^2.15.0"),
            "nuxt.config.js": "export default {\n  plugins: [\n    { src: '~plugins/fb', mode: 'client' },\n"
            "    // '~/plugins/off'\n  ],\n}\n",
            "pages/index.vue": "",
            "pages/doctors/_id.vue": "<script>\nexport default { layout: 'blog', head: { title: 'Our doctors' } }\n</script>\n",
            "layouts/default.vue": "",
            "layouts/blog.vue": PIXEL,
            "plugins/fb.js": PIXEL,
            "plugins/off.js": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/doctors/[id]"}
    assert site.pages["/doctors/[id]"].title == "Our doctors"
    assert site.chains("plugins/fb.js")["/"] == ("pages/index.vue:1 (every page)", "nuxt.config.js:3", "plugins/fb.js")
    assert site.reached("layouts/blog.vue") == {"/doctors/[id]"}
    assert site.dead("plugins/off.js")


def test_nuxt_without_pages_is_one_page() -> None:
    site = Followed({"nuxt.config.ts": "", "app/app.vue": "<template><h1>Hello</h1></template>", "app/plugins/a.ts": PIXEL})
    assert [(page.path, page.file, page.title) for page in site.pages.values()] == [("/", "app/app.vue", "Hello")]
    assert site.reached("app/plugins/a.ts") == {"/"}


def test_a_vue_component_that_is_registered_but_not_shown_pulls_in_nothing() -> None:
    site = Followed(
        {
            "nuxt.config.ts": "",
            "pages/index.vue": "<script>\nimport FbPixel from '~/parts/FbPixel.vue'\nimport OtherPixel from '~/parts/OtherPixel.vue'\n"
            "export default { components: { FbPixel, OtherPixel } }\n</script>\n"
            '<template><other-pixel v-if="cookieConsent"/></template>\n',
            "parts/FbPixel.vue": PIXEL,
            "parts/OtherPixel.vue": PIXEL,
        }
    )
    assert not site.reached("parts/FbPixel.vue")
    assert site.states("parts/OtherPixel.vue") == {"/": "consent-gated"}


def test_gatsby_hooks_plugins_and_templates() -> None:
    site = Followed(
        {
            "package.json": package("gatsby"),
            "gatsby-config.js": "module.exports = { plugins: [\n  `gatsby-plugin-sharp`,\n  { resolve: `my-pixel` },\n"
            "  { resolve: `gatsby-source-filesystem`, options: { path: `${__dirname}/src/pages` } },\n"
            "] }\n",
            "gatsby-ssr.js": PIXEL,
            "gatsby-browser.js": "export { wrapRootElement } from './src/wrap'\n",
            "src/wrap.jsx": PIXEL,
            "src/html.js": PIXEL,
            "plugins/my-pixel/gatsby-browser.js": PIXEL,
            "plugins/unlisted/gatsby-browser.js": PIXEL,
            "src/pages/index.js": "export const Head = () => <title>Home</title>\n",
            "src/pages/about.mdx": "# About\n",
            "src/pages/{Doctor.name}.js": "",
            "src/templates/post.js": "import Seo from '../components/Seo'\nexport default () => <Seo/>\n",
            "src/templates/landing.js": "",
            "src/components/Seo.js": PIXEL,
            "gatsby-node.js": "const post = path.resolve(`./src/templates/post.js`)\nexports.createPages = () => {\n"
            "  createPage({ path: node.slug, component: post })\n"
            "  createPage({ path: '/spring-offer/', component: require.resolve('./src/templates/landing.js') })\n}\n",
        }
    )
    assert set(site.pages) == {"/", "/about", "/{Doctor.name}", "src/templates/post.js", "/spring-offer"}
    assert site.pages["src/templates/post.js"].stands_for == "every page made with post.js"
    for path in ("gatsby-ssr.js", "src/wrap.jsx", "src/html.js", "plugins/my-pixel/gatsby-browser.js"):
        assert site.reached(path) == set(site.pages), path
    assert site.chains("plugins/my-pixel/gatsby-browser.js")["/"] == (
        "src/pages/index.js:1 (every page)",
        "gatsby-config.js:3 (my-pixel)",
        "plugins/my-pixel/gatsby-browser.js",
    )
    assert not site.reached("plugins/unlisted/gatsby-browser.js")
    assert site.reached("src/pages/index.js") == {"/"}
    assert site.reached("src/components/Seo.js") == {"src/templates/post.js"}


def test_docusaurus_docs_blog_pages_and_what_is_on_all() -> None:
    site = Followed(
        {
            "package.json": package("@docusaurus/core"),
            "docusaurus.config.js": "module.exports = {\n  baseUrl: '/help/',\n  scripts: ['/help/js/chat.js'],\n"
            "  clientModules: [require.resolve('./src/track.js')],\n"
            "  presets: [['classic', { docs: { routeBasePath: 'guide', sidebarPath: './sidebars.js' }, blog: false }]],"
            "\n  plugins: ['./plugins/pixel'],\n}\n",
            "docs/01-intro.md": "---\ntitle: Start\n---\n",
            "docs/care/02-index.md": "# Care\n",
            "docs/_part.md": "",
            "blog/2024-01-02-hello.md": "",
            "src/pages/index.js": "export default () => <h1>Help</h1>\n",
            "src/theme/Root.js": PIXEL,
            "src/theme/DocItem/index.js": PIXEL,
            "src/track.js": PIXEL,
            "src/unused.js": PIXEL,
            "plugins/pixel/index.js": PIXEL,
            "static/js/chat.js": PIXEL,
        }
    )
    assert set(site.pages) == {"/help", "/help/guide/intro", "/help/guide/care"}
    for path in ("src/theme/Root.js", "src/track.js", "plugins/pixel/index.js", "static/js/chat.js", "docusaurus.config.js"):
        assert site.reached(path) == set(site.pages), path
    assert site.chains("src/track.js")["/help"] == ("src/pages/index.js:1 (every page)", "docusaurus.config.js:4", "src/track.js")
    assert site.reached("src/theme/DocItem/index.js") == {"/help/guide/intro", "/help/guide/care"}
    assert site.dead("src/unused.js")


def test_vitepress_and_vuepress_themes_and_configurations() -> None:
    site = Followed(
        {
            "docs/.vitepress/config.ts": "import head from './head'\nexport default defineConfig({ head })\n",
            "docs/.vitepress/head.ts": PIXEL,
            "docs/.vitepress/theme/index.ts": "import Layout from './Layout.vue'\nexport default { Layout }\n",
            "docs/.vitepress/theme/Layout.vue": PIXEL,
            "docs/.vitepress/theme/Dead.vue": PIXEL,
            "docs/index.md": "# Home\n",
            "docs/guide/index.md": "<script setup>\nimport Chat from './Chat.vue'\n</script>\n# Guide\n<Chat/>\n",
            "docs/guide/Chat.vue": PIXEL,
            "docs/public/x.md": "",
        }
    )
    assert set(site.pages) == {"/", "/guide"}
    assert site.reached("docs/.vitepress/head.ts") == site.reached("docs/.vitepress/theme/Layout.vue") == {"/", "/guide"}
    assert site.reached("docs/guide/Chat.vue") == {"/guide"}
    assert not site.reached("docs/.vitepress/theme/Dead.vue")
    site = Followed(
        {
            ".vuepress/config.js": "module.exports = {}\n",
            ".vuepress/enhanceApp.js": PIXEL,
            ".vuepress/components/Map.vue": PIXEL,
            ".vuepress/theme/layouts/Wide.vue": PIXEL,
            "README.md": "# Hi\n",
            "find.md": "---\nlayout: Wide\n---\n<Map/>\n",
        }
    )
    assert set(site.pages) == {"/", "/find"}
    assert site.reached(".vuepress/enhanceApp.js") == {"/", "/find"}
    assert site.reached(".vuepress/components/Map.vue") == site.reached(".vuepress/theme/layouts/Wide.vue") == {"/find"}
