"""Reach in single-page applications: route tables of React, Vue and Angular."""

from linter.reach.imports import imports_of
from tests.reach_support import PIXEL, Followed, package

VITE = {
    "package.json": package("vite", "react-router-dom"),
    "index.html": '<!doctype html>\n<title>Practice</title>\n<div id="root"></div>\n<script type="module" src="/src/main.tsx"></script>\n',
    "src/main.tsx": "import App from './App'\nimport './analytics'\nrender(<App/>)\n",
    "src/analytics.ts": PIXEL,
}


def test_react_routes_are_pages_with_the_shell_around_them() -> None:
    site = Followed(
        {
            **VITE,
            "src/App.tsx": "import { lazy } from 'react'\nimport Home from './pages/Home'\n"
            "import Layout from '@/Layout'\nimport Chat from './Chat'\n"
            "const Book = lazy(() => import('./pages/Book'))\nexport default () => <><Chat/><Routes>\n"
            "  <Route path='/' element={<Layout/>}>\n    <Route index element={<Home/>} />\n"
            "    <Route path='book/:day?' element={<Suspense fallback={<p/>}><Book a={1 > 0}/></Suspense>} />\n"
            "  </Route>\n"
            "  {/* <Route path='/off' element={<Off/>} /> */}\n  <Route path='/old' element={<Navigate to='/' />} />\n"
            "  <Route path={PATHS.portal} element={<Portal/>} />\n  <Route path='*' element={<Missing/>} />\n</Routes></>\n"
            "import Portal from './pages/Portal'\nconst PATHS = { portal: '/portal' }\nfunction Missing() { return null }\n",
            "src/Layout.tsx": PIXEL,
            "src/Chat.tsx": PIXEL,
            "src/pages/Home.tsx": "export default () => <h1>Welcome</h1>\n",
            "src/pages/Book.tsx": "export default () => <Helmet><title>Book</title></Helmet>\n" + PIXEL,
            "src/pages/Portal.tsx": PIXEL,
            "src/pages/Dead.tsx": PIXEL,
        }
    )
    assert set(site.pages) == {"/", "/book/:day?", "/portal", "/*"}
    assert site.pages["/book/:day?"].title == "Book"
    assert site.reached("src/analytics.ts") == site.reached("index.html") == site.reached("src/Chat.tsx") == set(site.pages)
    assert site.chains("src/analytics.ts")["/portal"] == (
        "src/pages/Portal.tsx:1 (route /portal in src/App.tsx:13)",
        "src/App.tsx:1 (entry)",
        "index.html:4",
        "src/main.tsx:2",
        "src/analytics.ts",
    )
    assert site.reached("src/pages/Portal.tsx") == {"/portal"}
    assert site.reached("src/Layout.tsx") == {"/", "/book/:day?"}
    assert site.dead("src/pages/Dead.tsx")


def test_without_routes_the_html_file_is_the_page() -> None:
    site = Followed({**VITE, "src/App.tsx": "import './shown'\n", "src/shown.ts": PIXEL, "src/not.ts": PIXEL})
    assert set(site.pages) == {"index.html"}
    assert site.chains("src/shown.ts") == {"index.html": ("index.html:4", "src/main.tsx:1", "src/App.tsx:1", "src/shown.ts")}
    assert site.dead("src/not.ts")


def test_the_html_file_of_create_react_app_pulls_in_the_index() -> None:
    site = Followed(
        {"package.json": package("react-scripts"), "public/index.html": "<!doctype html><div id=root></div>", "src/index.js": PIXEL}
    )
    assert site.chains("src/index.js") == {"public/index.html": ("public/index.html:1 (entry of the build)", "src/index.js")}


def test_vue_routes_nested_lazy_and_by_constant() -> None:
    site = Followed(
        {
            "package.json": package("vue-router", "@vue/cli-service"),
            "public/index.html": "<!doctype html><div id=app></div>",
            "src/main.js": "import router from './router'\nimport App from './App.vue'\nnew Vue({ router, render: h => h(App) })\n",
            "src/App.vue": "<template><router-view/></template>\n",
            "src/router/index.js": "import Home from '@/views/Home.vue'\nimport { admin } from './admin'\n"
            "export default new VueRouter({ routes: [\n  { path: '/', component: Home, meta: { title: 'Start' } },\n"
            "  { path: '/book', component: () => import(/* webpackChunkName: 'b' */ '@/views/Book.vue'), children: [{ path: "
            "'x', label: 'Menu' }] },\n"
            "  // { path: '/off', component: () => import('@/views/Off.vue') },\n"
            "  { path: '/user', component: () => import('@/views/User.vue'), children: [\n"
            "    { path: '', component: () => import('@/views/Profile.vue') },\n"
            "    { path: 'bills', component: () => import('@/views/Bills.vue') },\n"
            "  ] },\n  ...admin,\n] })\n",
            "src/router/admin.js": "export const admin = [{ path: '/admin', component: () => import('@/views/Admin.vue') }]\n",
            **{f"src/views/{name}.vue": PIXEL for name in ("Home", "Book", "Off", "User", "Profile", "Bills", "Admin")},
        }
    )
    assert set(site.pages) == {"/", "/book", "/user", "/user/bills", "/admin"}
    assert site.pages["/"].title == "Start"
    assert site.reached("src/views/User.vue") == {"/user", "/user/bills"}
    assert site.reached("src/views/Bills.vue") == {"/user/bills"}
    assert site.reached("src/views/Book.vue") == {"/book"}
    assert site.reached("public/index.html") == set(site.pages)
    assert site.dead("src/views/Off.vue")


def test_angular_routes_selectors_and_lazy_modules() -> None:
    component = "@Component({ selector: 'app-%s', templateUrl: './%s.component.html' })\nexport class X {}\n"
    site = Followed(
        {
            "package.json": package("@angular/core"),
            "angular.json": '{"projects": {"p": {"architect": {"build": {"options": {"index": "src/index.html", "main": "src/main.ts", '
            '"scripts": ["src/old.js"],}}}}}}',
            "src/index.html": "<!doctype html><app-root></app-root>",
            "src/main.ts": "import { AppModule } from './app/app.module'\nboot(AppModule)\n",
            "src/old.js": PIXEL,
            "src/app/app.module.ts": "import { AppComponent } from './app.component'\nimport { PixelComponent } from './pixel.component'\n"
            "import { DeadComponent } from './dead.component'\n"
            "import { BookComponent } from './book.component'\nimport { Routing } from './app-routing.module'\n"
            "@NgModule({ declarations: [PixelComponent, DeadComponent, BookComponent], imports: [Routing], bootstrap: [AppComponent] "
            "})\nexport class AppModule {}\n",
            "src/app/app-routing.module.ts": "import { BookComponent } from './book.component'\n"
            "const routes = [{ path: 'book', component: BookComponent,"
            " title: 'Book' }, { path: 'portal', loadChildren: () => import('./portal/portal.module').then(m => m.PortalModule) "
            "}, { path: '', redirectTo: 'book' }]\n@NgModule({})\nexport class Routing {}\n",
            "src/app/app.component.ts": component % ("root", "app"),
            "src/app/app.component.html": "<!-- <app-dead></app-dead> -->\n<app-pixel></app-pixel><router-outlet></router-outlet>\n",
            "src/app/pixel.component.ts": "@Component({ selector: 'app-pixel', template: `<p></p>` })\n" + PIXEL,
            "src/app/dead.component.ts": "@Component({ selector: 'app-dead', template: `<p></p>` })\n" + PIXEL,
            "src/app/book.component.ts": component % ("book", "book"),
            "src/app/book.component.html": PIXEL,
            "src/app/portal/portal.module.ts": "import { R } from './portal-routing.module'\n@NgModule({ imports: [R] })\n"
            "export class PortalModule {}\n",
            "src/app/portal/portal-routing.module.ts": "import { BillsComponent } from './bills.component'\n"
            "const routes = [{ path: 'bills', component: BillsComponent "
            "}]\nexport class R {}\n",
            "src/app/portal/bills.component.ts": PIXEL,
        }
    )
    assert set(site.pages) == {"/book", "/portal/bills"}
    assert site.pages["/book"].title == "Book"
    assert site.reached("src/app/pixel.component.ts") == site.reached("src/old.js") == site.reached("src/index.html") == set(site.pages)
    assert site.reached("src/app/book.component.html") == {"/book"}
    assert site.reached("src/app/portal/bills.component.ts") == {"/portal/bills"}
    assert site.dead("src/app/dead.component.ts")


def test_webpack_puts_scripts_into_the_templates_of_its_pages() -> None:
    site = Followed(
        {
            "package.json": package("html-webpack-plugin"),
            "webpack.config.js": "module.exports = {\n  entry: {\n    home: './src/home.js',\n"
            "    book: path.resolve(__dirname, 'src', 'book.js'),"
            "\n  },\n  plugins: [\n"
            "    new HtmlWebpackPlugin({ template: './src/index.html', chunks: ['home'] }),\n"
            "    new HtmlWebpackPlugin({ filename: 'book.html', template: 'src/book.html' }),\n"
            "    // new HtmlWebpackPlugin({ template: './src/off.html' }),\n  ],\n}\n",
            "src/index.html": "<!doctype html><title>Home</title>",
            "src/book.html": "<!doctype html><title>Book</title>",
            "src/home.js": PIXEL,
            "src/book.js": PIXEL,
        }
    )
    assert set(site.pages) == {"src/index.html", "src/book.html"}
    assert site.reached("src/home.js") == {"src/index.html", "src/book.html"}
    assert site.chains("src/book.js") == {"src/book.html": ("src/book.html:1 (entry of the build)", "src/book.js")}


def test_tanstack_routes_by_files() -> None:
    site = Followed(
        {
            "package.json": package("@tanstack/react-router"),
            "src/main.tsx": "import { routeTree } from './routeTree.gen'\nimport './track'\nstart(routeTree)\n",
            "index.html": '<!doctype html><script type="module" src="/src/main.tsx"></script>',
            "src/routeTree.gen.ts": "import { Route as A } from './routes/__root'\nimport { Route as B } from './routes/index'\n"
            "import { Route as C } from './routes/_in/portal'\nexport const routeTree = A.add(B, C)\n",
            "src/track.ts": PIXEL,
            "src/routes/__root.tsx": PIXEL,
            "src/routes/index.tsx": "export const Route = createFileRoute('/')({ component: Home })\n",
            "src/routes/_in.tsx": "export const Route = createFileRoute('/_in')({ component: In })\n" + PIXEL,
            "src/routes/_in/portal.tsx": "export const Route = createFileRoute('/_in/portal')({ component: Portal })\n" + PIXEL,
            "src/routes/feed.ts": "export const Route = createFileRoute('/feed')({ server: {} })\n",
        }
    )
    assert set(site.pages) == {"/", "/portal"}
    assert site.reached("src/routes/__root.tsx") == site.reached("src/track.ts") == {"/", "/portal"}
    assert site.reached("src/routes/_in.tsx") == site.reached("src/routes/_in/portal.tsx") == {"/portal"}


def test_globs_and_names_with_holes_mean_all_candidates() -> None:
    site = Followed(
        {
            **VITE,
            "src/App.tsx": "const all = import.meta.glob('./tags/*.ts', { eager: true })\n"
            "const one = (name) => import(`./views/${name}.tsx`)\nconst any = (name) => import(name)\n",
            "src/tags/a.ts": PIXEL,
            "src/tags/deep/b.ts": PIXEL,
            "src/views/c.tsx": PIXEL,
            "src/other/d.ts": PIXEL,
        }
    )
    assert [bool(site.reached(f"src/{name}")) for name in ("tags/a.ts", "tags/deep/b.ts", "views/c.tsx", "other/d.ts")] == [
        True,
        False,
        True,
        False,
    ]


def test_imports_are_read_with_their_names() -> None:
    code = (
        "import a, { b as c, type D } from './x'\nimport * as n from \"y\"\n"
        "export { e as f } from './z'\nexport * from './w'\nimport'./v'\n"
        "const g = lazy(() => import('./u'))\nimport type { T } from './t'\n"
    )
    assert [(row.written, row.kind, row.names) for row in imports_of(code)] == [
        ("./x", "static", (("default", "a"), ("b", "c"))),
        ("y", "static", (("*", "n"),)),
        ("./z", "export", (("e", "f"),)),
        ("./w", "export", (("*", "*"),)),
        ("./v", "bare", ()),
        ("./u", "dynamic", (("*", "g"),)),
    ]
