"""Entries of plugins in the configuration of frameworks: what goes where unsafe fixes are asked for, and what stays."""

import pytest
from fixing_support import fix, fixed_soundly
from hypothesis import given
from hypothesis import strategies as st

ID = "1802345678901234"
TAKEN = {
    "an object in a list": (
        "gatsby-config.js",
        f"module.exports = {{\n  plugins: [\n    'gatsby-plugin-sharp',\n    {{\n"
        f"      resolve: `gatsby-plugin-facebook-pixel`,\n      options: {{ pixelId: '{ID}' }},\n"
        "    },\n    `gatsby-plugin-offline`,\n  ],\n}\n",
        "module.exports = {\n  plugins: [\n    'gatsby-plugin-sharp',\n    `gatsby-plugin-offline`,\n  ],\n}\n",
    ),
    "the last of a list": (
        "gatsby-config.js",
        "module.exports = { plugins: ['gatsby-plugin-sharp', 'gatsby-plugin-google-analytics'] }\n",
        "module.exports = { plugins: ['gatsby-plugin-sharp'] }\n",
    ),
    "its comment": (
        "gatsby-config.mjs",
        "export default {\n  plugins: [\n    // Facebook Pixel\n    'gatsby-plugin-facebook-pixel',\n    // images\n"
        "    'gatsby-plugin-sharp',\n  ],\n}\n",
        "export default {\n  plugins: [\n    // images\n    'gatsby-plugin-sharp',\n  ],\n}\n",
    ),
    "a module and its options": (
        "nuxt.config.ts",
        f"export default defineNuxtConfig({{\n  modules: ['nuxt-facebook-pixel-module', '@nuxt/image'],\n  facebook: {{\n"
        f"    pixelId: '{ID}',\n  }},\n  ssr: true,\n}})\n",
        "export default defineNuxtConfig({\n  modules: ['@nuxt/image'],\n  ssr: true,\n})\n",
    ),
    "a module with its options": (
        "nuxt.config.js",
        "export default {\n  buildModules: [\n    ['@nuxtjs/google-analytics', { id: 'UA-12345678-1' }],\n    '@nuxtjs/axios',\n  ],\n}\n",
        "export default {\n  buildModules: [\n    '@nuxtjs/axios',\n  ],\n}\n",
    ),
    "options of a preset": (
        "docusaurus.config.js",
        "module.exports = {\n  presets: [\n    [\n      'classic',\n      {\n        docs: {},\n        gtag: {\n"
        "          trackingID: 'G-ABCDEFGHIJ',\n          anonymizeIP: true,\n        },\n      },\n    ],\n  ],\n}\n",
        "module.exports = {\n  presets: [\n    [\n      'classic',\n      {\n        docs: {},\n      },\n    ],\n  ],\n}\n",
    ),
    "what an application uses": (
        "src/main.js",
        "import Vue from 'vue'\nimport VueGtag from 'vue-gtag'\n\nVue.use(VueGtag, { config: { id: 'UA-12345678-1' } })\n\n"
        "new Vue({}).$mount('#app')\n",
        "import Vue from 'vue'\n\nnew Vue({}).$mount('#app')\n",
    ),
    "what an application uses in a chain": (
        "src/main.ts",
        "import { createApp } from 'vue'\nimport VueGtag from 'vue-gtag'\n\ncreateApp(App)\n"
        "  .use(VueGtag, { config: { id: 'G-ABCDEFGHIJ' } })\n  .use(router)\n  .mount('#app')\n",
        "import { createApp } from 'vue'\n\ncreateApp(App)\n  .use(router)\n  .mount('#app')\n",
    ),
}


@pytest.mark.parametrize(("path", "before", "after"), TAKEN.values(), ids=TAKEN)
def test_taken(path: str, before: str, after: str) -> None:
    result = fixed_soundly({path: before.encode()}, unsafe=True)
    assert result.files[path].decode() == after
    safe = fix({path: before.encode()})
    assert safe.files[path].decode() == before
    assert set(safe.fixes.refused.values()) == {"--unsafe-fixes takes it out"}


def test_what_to_do_then() -> None:
    path, before, _ = TAKEN["an object in a list"]
    with_lock = {path: before.encode(), "yarn.lock": b""}
    assert fix(with_lock, unsafe=True).fixes.after == ("yarn remove gatsby-plugin-facebook-pixel",)
    assert fix({path: before.encode()}, unsafe=True).fixes.after == (
        "npm uninstall gatsby-plugin-facebook-pixel (or yarn remove, pnpm remove, bun remove)",
    )


KEPT = {
    "options that are worked out": (
        "gatsby-config.js",
        "module.exports = { plugins: [{ resolve: 'gatsby-plugin-facebook-pixel', options: { pixelId: own() } }] }\n",
        "the entry is worked out when the site is built",
    ),
    "what the site reads when it runs": (
        "nuxt.config.ts",
        f"export default defineNuxtConfig({{ runtimeConfig: {{ public: {{ facebookPixelId: '{ID}' }} }} }})\n",
        "code of the site may read it from `public` when it runs",
    ),
}


@pytest.mark.parametrize(("path", "before", "why"), KEPT.values(), ids=KEPT)
def test_kept(path: str, before: str, why: str) -> None:
    result = fix({path: before.encode()}, unsafe=True)
    assert result.files[path].decode() == before
    assert why in result.fixes.refused.values()


ITEMS = [
    "'gatsby-plugin-facebook-pixel'",
    "'own'",
    "{ resolve: 'gatsby-plugin-facebook-pixel' }",
    "['gatsby-plugin-facebook-pixel', {}]",
    "...own",
    "own()",
    "// a\n",
    "",
    "{",
]


@given(st.lists(st.sampled_from(ITEMS), max_size=7), st.sampled_from([", ", ",\n  ", ",", "\n,"]), st.booleans())
def test_any_list(items: list[str], between: str, comma: bool) -> None:
    code = f"module.exports = {{ plugins: [{between.join(items)}{',' if comma else ''}] }}\n"
    fixed_soundly({"gatsby-config.js": code.encode()}, unsafe=True)
