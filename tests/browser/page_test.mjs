// What people expect of examples/web/chat.html, as the server serves it, in a real browser.
//
//     node page_test.mjs SERVER [--screenshots DIRECTORY]
//
// SERVER is tcp_server. CHROMIUM names another browser than
// /usr/bin/chromium. Tests wait for conditions and never sleep; nothing but 127.0.0.1 is reached.
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdirSync} from "node:fs";
import {connect, createServer} from "node:net";
import {join as path_of} from "node:path";
import {createInterface} from "node:readline";
import {after, afterEach, before, beforeEach, describe, test} from "node:test";
import {chromium} from "playwright-core";

const words = process.argv.slice(2);
const shots_at = words.indexOf("--screenshots");
const shots = shots_at >= 0 ? words.splice(shots_at, 2)[1] : null;
const [program] = words;
if (!program) {
    console.error("usage: node page_test.mjs SERVER [--screenshots DIRECTORY]");
    process.exit(2);
}
if (shots) mkdirSync(shots, {recursive: true});

const patience = Number(process.env.PATIENCE ?? 10000);  // milliseconds for a condition to come true

// ---- The server, and a proxy in front of it whose connections can be cut

class Server {
    static async start(options = []) {
        const server = new Server();
        server.process = spawn(program, ["--serve", "--port", "0", "--private", "50", ...options],
                               {stdio: ["ignore", "pipe", "inherit"]});
        const lines = createInterface({input: server.process.stdout});
        await new Promise((ready, failed) => {
            server.process.once("exit", () => failed(new Error("the server ended")));
            server.process.once("error", failed);
            lines.on("line", line => {
                const found = line.match(/^in a browser: http:\/\/127\.0\.0\.1:(\d+)\/$/);
                if (!found) return;
                server.port = Number(found[1]);
                ready();
            });
        });
        server.process.removeAllListeners("exit");
        return server;
    }
    get url() { return `http://127.0.0.1:${this.port}/`; }
    async stop() {
        const ended = once(this.process, "exit");
        this.process.kill("SIGTERM");
        await ended;
    }
}

// Passes bytes on, until it is told to cut; and turns connections away while it is closed.
class Proxy {
    static async start(port) {
        const proxy = new Proxy();
        proxy.pairs = new Set();
        proxy.is_closed = false;
        proxy.is_deaf = false;  // what the server says is lost
        proxy.server = createServer(client => {
            client.on("error", () => {});
            if (proxy.is_closed) return client.destroy();
            const server = connect(port, "127.0.0.1");
            const pair = {client, server};
            proxy.pairs.add(pair);
            server.on("error", () => {});
            client.on("data", bytes => server.write(bytes));
            server.on("data", bytes => { if (!proxy.is_deaf) client.write(bytes); });
            for (const socket of [client, server])
                socket.on("close", () => { client.destroy(); server.destroy(); proxy.pairs.delete(pair); });
        });
        proxy.server.listen(0, "127.0.0.1");
        await once(proxy.server, "listening");
        proxy.url = `http://127.0.0.1:${proxy.server.address().port}/`;
        return proxy;
    }
    cut() { for (const {client, server} of this.pairs) { client.destroy(); server.destroy(); } }
    close() { this.is_closed = true; this.cut(); }
    open() { this.is_closed = this.is_deaf = false; }
    stop() { this.cut(); this.server.close(); }
}

// ---- The browser, and a person in a tab of it

let browser, server;
const people = [];

class Person {
    // Each person has a context of its own. What the page should not do at all (an error, a dialog, a request elsewhere, a
    // breach of the policy) is remembered, and no test is passed with it.
    static async at(url, {kept, ...options} = {}) {
        const person = new Person();
        person.wrong = [];
        person.context = await browser.newContext({locale: "en-US", viewport: {width: 1280, height: 800}, ...options});
        const page = person.page = await person.context.newPage();
        page.setDefaultTimeout(patience);
        if (kept) await page.addInitScript(kept => { sessionStorage.minimeta ??= kept; }, kept);
        page.on("pageerror", error => person.wrong.push(error.message));
        page.on("dialog", dialog => { person.wrong.push("dialog: " + dialog.message()); dialog.dismiss(); });
        page.on("console", message => { if (/Content.Security.Policy/i.test(message.text())) person.wrong.push(message.text()); });
        page.on("request", request => { if (!request.url().startsWith(url)) person.wrong.push("request: " + request.url()); });
        people.push(person);
        await page.goto(url);
        return person;
    }
    static async enter(url, name, options) {
        const person = await Person.at(url, options);
        await person.give_name(name);
        await person.is_in();
        return person;
    }
    async give_name(name) {
        await this.page.fill("#name", name);
        await this.page.press("#name", "Enter");
    }
    is_in() { return this.page.waitForSelector("#room:not([hidden])"); }
    async say(text) {
        await this.page.fill("#text", text);
        await this.page.press("#text", "Enter");
    }
    async open(title) { await this.page.click(`#groups li button:has(bdi:text-is("${title}"))`); }
    texts() { return this.page.$$eval("#log .said p", all => all.map(each => each.textContent)); }
    reads(text, count = 1) {
        return this.page.waitForFunction(([text, count]) => [...document.querySelectorAll("#log .said p")]
            .filter(each => each.textContent === text).length === count, [text, count]);
    }
    notes(text) {
        return this.page.waitForFunction(
            text => [...document.querySelectorAll("#log .note")].some(each => each.textContent.includes(text)), text);
    }
    has(selector, text) {
        return this.page.waitForFunction(([selector, text]) => [...document.querySelectorAll(selector)]
            .some(each => each.textContent.includes(text)), [selector, text]);
    }
    // Whether somebody looks, as the page asks for it.
    look(is_watched) {
        return this.page.evaluate(is_watched => {
            Object.defineProperty(document, "hidden", {configurable: true, get: () => !is_watched});
            document.dispatchEvent(new Event("visibilitychange"));
        }, is_watched);
    }
    async shot(name) { if (shots) await this.page.screenshot({path: path_of(shots, name + ".png")}); }
}

before(async () => {
    browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"]});
});
after(async () => { await browser?.close(); });

// Each test has a server of its own, where all names are free.
function with_server(options = []) {
    beforeEach(async () => { server = await Server.start(options); });
    afterEach(async () => {
        const wrong = people.flatMap(person => person.wrong);
        for (const person of people.splice(0)) await person.context.close();
        await server.stop();
        assert.deepEqual(wrong, []);
    });
}

const numbered = (count, word) => Array.from({length: count}, (_, i) => `${word} ${i + 1}`);

describe("the page", {timeout: 120000}, () => {
    with_server(["--rate", "0"]);

    test("asks for a name, and shows why one is refused", async () => {
        const lily = await Person.enter(server.url, "lily");
        const other = await Person.at(server.url);
        await other.give_name("Lily");
        await other.has("#refusal", "taken");
        assert.equal(await other.page.evaluate(() => document.activeElement.id), "name");
        await other.shot("name");
        await other.give_name("a/b");
        await other.has("#refusal", "Letters");
        await other.give_name("rose");
        await other.is_in();
        await lily.notes("rose joined");
        await lily.has("#members", "rose");
    });

    test("two people talk, and the lines of each stay together", async () => {
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        await lily.say("hello");
        await bob.reads("hello");
        await lily.say("how are you?");
        await bob.reads("how are you?");
        assert.equal(await bob.page.$$eval("#log .said.follows", all => all.length), 1);
        assert.match(await bob.page.getAttribute("#log .said", "title"), /20\d\d/);
        assert.equal(await bob.page.$$eval("#log .break", all => all.length), 1);
        await bob.say("/me waves");
        await lily.reads("* bob waves");
        await bob.say("//join is a word");
        await lily.reads("/join is a word");
        await bob.say("/dance");
        await bob.notes("/dance");
        await bob.page.fill("#text", "one\ntwo");
        await bob.page.press("#text", "Shift+Enter");
        await bob.page.keyboard.type("three");
        await bob.page.press("#text", "Enter");
        for (const text of ["one", "two", "three"]) await lily.reads(text);
        await lily.page.press("#text", "ArrowUp");
        assert.equal(await lily.page.inputValue("#text"), "how are you?");
    });

    test("what looks like markup stays text", async () => {
        const nasty = `<img src=x onerror=alert(1)><script>alert(2)</script>"'&amp; javascript:alert(3) http://127.0.0.1/"onclick=alert(4)`;
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        await lily.say(nasty);
        await bob.reads(nasty);
        await lily.reads(nasty);
        assert.deepEqual(await bob.page.$$eval("#log .said p *", all => all.map(each => each.tagName + " " + each.href)), ["A http://127.0.0.1/"]);
        assert.equal(await bob.page.getAttribute("#log a", "rel"), "noopener noreferrer");
        await lily.say("/join tea");
        await lily.has("#title", "#tea");
        await lily.say(`/topic ${nasty}`);
        await lily.has("#topic", nasty);
        await bob.say(`/away ${nasty}`);
        await bob.notes("away");
        await lily.open("Lobby");
        await lily.page.click('#members button:has-text("bob")');
        await lily.has("#person", nasty);
        await lily.page.keyboard.press("Escape");
        await lily.say(`/msg ${"<b>x</b>"} hi`);
        await lily.has("#title", "<b>x</b>");
        await lily.has("#outbox", "Not here");
        const other = await Person.at(server.url);
        await other.give_name("<i>eve</i>");
        await other.has("#refusal", "Letters");
        assert.equal(await lily.page.$$eval("#room img, #room script, #room :is(b b, i i)", all => all.length), 0);
    });

    test("groups and private conversations have unread marks", async () => {
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        await lily.say("/join tea");
        await lily.has("#title", "#tea");
        await bob.page.fill("#group", "tea");
        await bob.page.press("#group", "Enter");
        await bob.has("#title", "#tea");
        await lily.notes("bob joined");
        await lily.open("Lobby");
        await bob.say("black or green?");
        await bob.say("what do you say, Lily?");
        await lily.has("#joined .count.marked", "2");
        await lily.page.waitForFunction(() => document.title.startsWith("(2)"));
        await lily.open("#tea");
        await lily.has(".called mark", "Lily");
        await lily.page.waitForFunction(() => document.title === "minimeta");
        await lily.say("/msg bob green");
        await bob.has("#joined .count.marked", "1");
        await bob.open("lily");
        await bob.reads("green");
        await bob.say("thanks");
        await lily.reads("thanks");
        await bob.say("/nick robert");
        await lily.has("#title", "robert");
        await bob.say("still me");
        await lily.reads("still me");
        // Alt and an arrow go on to the next one.
        await lily.page.press("#text", "Alt+ArrowUp");
        await lily.has("#title", "#tea");
        assert.equal(await lily.page.$$eval("#joined li", all => all.length), 3);
    });

    test("who is away from the tab sees what is new", async () => {
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        await bob.say("before");
        await lily.reads("before");
        await lily.look(false);
        await bob.say("after");
        await lily.reads("after");
        await lily.page.waitForFunction(() => document.title.startsWith("(1)"));
        await lily.look(true);
        await lily.has("#fresh", "New");
        const order = await lily.page.$$eval("#log > *", all => all.map(each => each.className + each.textContent));
        const at = order.findIndex(each => each.includes("New since"));
        assert.match(order[at - 1], /before$/);
        assert.match(order[at + 1], /after$/);
        await lily.page.waitForFunction(() => document.title === "minimeta");
    });

    test("names are completed", async () => {
        const lily = await Person.enter(server.url, "lily");
        await Person.enter(server.url, "robin");
        await Person.enter(server.url, "robert");
        await lily.has("#members", "robert");
        await lily.has("#members", "robin");
        await lily.page.focus("#text");
        await lily.page.keyboard.type("Ro");
        await lily.page.keyboard.press("Tab");
        assert.equal(await lily.page.inputValue("#text"), "robert: ");
        await lily.page.keyboard.press("Tab");
        assert.equal(await lily.page.inputValue("#text"), "robin: ");
        await lily.page.keyboard.type("ask @robe");
        await lily.page.keyboard.press("Tab");
        assert.equal(await lily.page.inputValue("#text"), "robin: ask @robert ");
        await lily.page.fill("#text", "");
        await lily.page.keyboard.press("Tab");  // leaves an empty field
        assert.notEqual(await lily.page.evaluate(() => document.activeElement.id), "text");
    });

    test("nothing is sent while an input method composes", async () => {
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        await lily.page.focus("#text");
        const method = await lily.context.newCDPSession(lily.page);
        await method.send("Input.imeSetComposition", {text: "nihao", selectionStart: 5, selectionEnd: 5});
        const enter = init => lily.page.evaluate(init => document.getElementById("text").dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ...init})), init);
        await enter({isComposing: true});
        await enter({keyCode: 229});
        assert.equal(await lily.page.inputValue("#text"), "nihao");
        await method.send("Input.insertText", {text: "你好"});
        await lily.page.press("#text", "Enter");
        await bob.reads("你好");
        assert.deepEqual((await bob.texts()).filter(text => /ni|你/.test(text)), ["你好"]);
    });

    test("English and Chinese, by the browser and by choice", async () => {
        const lily = await Person.enter(server.url, "丽丽", {locale: "zh-CN"});
        await lily.has("#title", "大厅");
        assert.equal(await lily.page.evaluate(() => document.documentElement.lang), "zh-CN");
        await lily.shot("chinese");
        await lily.page.click("#groups .language");
        await lily.has("#title", "Lobby");
        await lily.page.reload();
        await lily.is_in();
        await lily.has("#title", "Lobby");
        await lily.page.click("#groups .language");
        await lily.has("#title", "大厅");
    });

    test("every control has a name", async () => {
        const lily = await Person.enter(server.url, "lily");
        await lily.has("#members", "lily");
        const nameless = await lily.page.$$eval("button, input, textarea", all => all.filter(each => !each.textContent.trim() &&
            !each.getAttribute("aria-label") && !each.labels?.length && each.checkVisibility()).map(each => each.outerHTML));
        assert.deepEqual(nameless, []);
        assert.equal(await lily.page.getAttribute("#log", "role"), "log");
    });

    for (const colorScheme of ["light", "dark"])
        test(`text has contrast, ${colorScheme}`, async () => {
            const lily = await Person.enter(server.url, "lily", {colorScheme});
            const bob = await Person.enter(server.url, "bob");
            await lily.say("see https://example.org/ for more");
            await bob.say("thank you, lily!");
            await lily.reads("thank you, lily!");
            const pale = await lily.page.evaluate(() => {
                const rgb = text => text.match(/[\d.]+/g).map(Number);
                const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                const behind = element => {
                    for (let each = element; each; each = each.parentElement) {
                        const color = rgb(getComputedStyle(each).backgroundColor);
                        if (color.length === 3 || color[3] > 0) return color;
                    }
                    return [255, 255, 255];
                };
                return [...document.querySelectorAll("#room *")]
                    .filter(each => each.checkVisibility() && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                    .map(each => {
                        const [a, b] = [light(rgb(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
                        return [(a + 0.05) / (b + 0.05), each.outerHTML];
                    })
                    .filter(([ratio]) => ratio < 4.5);
            });
            assert.deepEqual(pale, []);
            await lily.shot("desktop-" + colorScheme);
        });
});

describe("a telephone", {timeout: 120000}, () => {
    with_server(["--rate", "0"]);

    for (const colorScheme of ["light", "dark"])
        test(`has drawers, ${colorScheme}`, async () => {
            const phone = {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true, colorScheme};
            const lily = await Person.enter(server.url, "lily", phone), bob = await Person.enter(server.url, "bob");
            await bob.say("Good morning! Is the kettle on already?");
            await bob.say("I bring a cake of at least four layers, and a very-long-word-" + "o".repeat(80));
            await lily.say("It is.");
            await bob.reads("It is.");
            assert.ok(await lily.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
            assert.ok(!await lily.page.isVisible("#groups"));
            await lily.shot("phone-" + colorScheme);
            await lily.page.tap("[popovertarget=groups]");
            await lily.page.waitForSelector("#groups:popover-open >> text=Lobby");
            await lily.shot("phone-groups-" + colorScheme);
            await lily.page.keyboard.press("Escape");
            await lily.page.waitForSelector("#groups", {state: "hidden"});
            await lily.page.tap("[popovertarget=people]");
            await lily.page.tap('#members button:has-text("bob")');
            await lily.page.waitForSelector("#person[open]");
            await lily.shot("phone-person-" + colorScheme);
        });
});

describe("a history", {timeout: 120000}, () => {
    with_server(["--rate", "0"]);

    test("is read upwards, and what is in view stays", async () => {
        const lily = await Person.enter(server.url, "lily");
        const texts = numbered(180, "line");
        await lily.say(texts.join("\n"));
        await lily.reads("line 180");
        const bob = await Person.enter(server.url, "bob");
        await bob.reads("line 180");
        assert.ok((await bob.texts()).length <= 60);
        assert.ok(await bob.page.evaluate(() => { const log = document.getElementById("log"); return log.scrollHeight - log.scrollTop - log.clientHeight < 5; }));
        while ((await bob.texts())[0] !== "line 1") {
            // The first line in view is at the same place when older ones are above it.
            const moved = await bob.page.evaluate(async () => {
                const log = document.getElementById("log");
                log.scrollTop = 150;
                const first = [...log.querySelectorAll(".said p")].find(each => each.getBoundingClientRect().top > log.getBoundingClientRect().top);
                const top = first.getBoundingClientRect().top, count = log.children.length;
                await new Promise(done => {
                    const watch = new MutationObserver(() => { if (log.children.length > count + 10) { watch.disconnect(); done(); } });
                    watch.observe(log, {childList: true});
                });
                await new Promise(requestAnimationFrame);
                return first.getBoundingClientRect().top - top;
            });
            assert.ok(Math.abs(moved) < 3, `moved by ${moved}`);
        }
        assert.deepEqual(await bob.texts(), texts);
        // Who reads above is not taken to the end, and has a button for that.
        await lily.say("one more");
        await bob.reads("one more");
        assert.ok(await bob.page.isVisible("#end"));
        await bob.page.click("#end");
        await bob.page.waitForSelector("#end", {state: "hidden"});
    });
});

describe("a connection that breaks", {timeout: 120000}, () => {
    with_server(["--rate", "0"]);
    let proxy;
    beforeEach(async () => { proxy = await Proxy.start(server.port); });
    afterEach(() => proxy.stop());

    test("misses nothing, doubles nothing, and says so", async () => {
        const lily = await Person.enter(proxy.url, "lily"), bob = await Person.enter(server.url, "bob");
        await bob.say("first");
        await lily.reads("first");
        proxy.close();
        await lily.has("#state", "lost");
        await bob.say("while she is not here");
        await bob.reads("while she is not here");
        await lily.page.fill("#text", "said offline");
        await lily.page.press("#text", "Enter");
        await lily.has("#outbox", "said offline");
        await lily.page.fill("#text", "a draft");
        proxy.open();
        await lily.page.evaluate(() => dispatchEvent(new Event("online")));  // at once
        await bob.reads("said offline");
        await lily.reads("said offline");
        assert.deepEqual(await lily.texts(), ["first", "while she is not here", "said offline"]);
        assert.equal(await lily.page.inputValue("#text"), "a draft");
        assert.equal((await lily.page.textContent("#outbox")).trim(), "");
        assert.deepEqual(await bob.texts(), ["first", "while she is not here", "said offline"]);
    });

    test("a line whose confirmation is lost is said once", async () => {
        const lily = await Person.enter(proxy.url, "lily"), bob = await Person.enter(server.url, "bob");
        await bob.say("before the loss");
        await lily.reads("before the loss");
        proxy.is_deaf = true;
        await lily.say("heard, not confirmed");
        await bob.reads("heard, not confirmed");
        await lily.has("#outbox", "heard, not confirmed");
        await bob.say("and another one");
        await bob.reads("and another one");
        proxy.close();
        await lily.has("#state", "lost");
        await lily.say("heard, not confirmed");  // a second one, really
        proxy.open();
        await bob.reads("heard, not confirmed", 2);
        await lily.reads("heard, not confirmed", 2);
        await lily.page.waitForFunction(() => !document.querySelector("#outbox li"));
        assert.deepEqual((await lily.texts()).slice(-3), ["heard, not confirmed", "and another one", "heard, not confirmed"]);
        assert.deepEqual((await bob.texts()).slice(-3), ["heard, not confirmed", "and another one", "heard, not confirmed"]);
        // The same in private.
        await lily.say("/msg bob psst");
        await bob.open("lily");
        await bob.reads("psst");
        proxy.is_deaf = true;
        await lily.say("listen");
        await bob.reads("listen");
        proxy.close();
        proxy.open();
        await lily.reads("listen");
        assert.deepEqual(await lily.texts(), ["psst", "listen"]);
        await bob.reads("listen", 1);
    });

    test("cut again and again", async () => {
        const lily = await Person.enter(proxy.url, "lily"), bob = await Person.enter(server.url, "bob");
        await lily.say("/join tea");
        await lily.has("#title", "#tea");
        await bob.say("/join tea");
        await bob.has("#title", "#tea");
        for (let round = 1; round <= 5; ++round) {
            await bob.say(`bob ${round}`);
            await lily.say(`lily ${round}`);
            proxy.cut();
            await bob.say(`bob ${round} again`);
            await lily.say(`lily ${round} again`);
            for (const person of [lily, bob])
                for (const text of [`bob ${round}`, `lily ${round}`, `bob ${round} again`, `lily ${round} again`]) await person.reads(text);
        }
        const [of_lily, of_bob] = [await lily.texts(), await bob.texts()];
        assert.equal(of_lily.length, 20);
        assert.deepEqual(of_lily, of_bob);
    });

    test("a reload keeps the person, its groups, conversations and draft", async () => {
        const lily = await Person.enter(proxy.url, "lily"), bob = await Person.enter(server.url, "bob");
        await lily.say("/join tea");
        await lily.has("#title", "#tea");
        await bob.say("/join tea");
        await bob.has("#title", "#tea");
        await lily.say("in the group");
        await bob.say("/msg lily between us");
        await lily.has("#joined .count", "1");
        await lily.page.fill("#text", "half a thou");
        await lily.page.reload();
        await lily.has("#title", "#tea");
        await lily.reads("in the group");
        assert.equal(await lily.page.inputValue("#text"), "half a thou");
        await lily.has("#joined .count", "1");
        await lily.open("bob");
        await lily.reads("between us");
        await bob.open("Lobby");
        assert.equal(await bob.page.$$eval("#log .note", all => all.filter(each => /lily left/.test(each.textContent)).length), 0);
    });

    test("a duplicate of the tab takes over, and the first one does not fight", async () => {
        const lily = await Person.enter(proxy.url, "lily");
        const kept = await lily.page.evaluate(() => sessionStorage.minimeta);
        const twin = await Person.at(server.url, {kept});
        await twin.is_in();
        await lily.has("#refusal", "another tab");
    });
});

describe("a connection that breaks for too long", {timeout: 120000}, () => {
    with_server(["--rate", "0", "--resume", "1"]);

    test("the person enters again, with its groups and what was said there", async () => {
        const proxy = await Proxy.start(server.port);
        const lily = await Person.enter(proxy.url, "lily"), bob = await Person.enter(server.url, "bob");
        for (const person of [lily, bob]) {
            await person.say("/join tea");
            await person.has("#title", "#tea");
        }
        await bob.say("with her");
        await lily.reads("with her");
        proxy.close();
        await bob.notes("lily left");
        await bob.say("without her");
        await lily.say("from far away");
        proxy.open();
        await bob.reads("from far away");
        await lily.has("#title", "#tea");
        await lily.reads("from far away");
        assert.deepEqual(await lily.texts(), ["with her", "without her", "from far away"]);
        assert.deepEqual(await bob.texts(), ["with her", "without her", "from far away"]);
        proxy.stop();
    });
});

describe("order", {timeout: 120000}, () => {
    with_server(["--rate", "0"]);

    test("is kept by who has the right, and ignoring is for all", async () => {
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        await bob.say("/join tea");
        await bob.has("#title", "#tea");
        await lily.say("/join tea");
        await lily.has("#title", "#tea");
        await lily.has("#members", "owner");
        await lily.page.click('#members button:has-text("bob")');
        assert.equal(await lily.page.$$eval("#person button", all => all.filter(each => /mute|remove/i.test(each.textContent)).length), 0);
        await lily.page.click('#person button:text-is("Ignore")');
        await lily.notes("Ignore: bob");
        await bob.say("do you hear me?");
        await bob.reads("do you hear me?");
        await lily.page.click('#members button:has-text("bob")');
        await lily.page.click("#person >> text=Stop ignoring");
        await lily.notes("Stop ignoring: bob");
        await bob.page.click('#members button:has-text("lily")');
        await bob.page.click('#person button:text-is("Mute")');
        await lily.notes("Mute");
        await lily.say("mmm");
        await lily.has("#outbox .alarm", "muted");
        await lily.page.click("#outbox >> text=Discard");
        await bob.say("/kick lily tea only");
        await lily.has("#title", "Lobby");
        await lily.notes("tea only");
        assert.equal(await lily.page.$$eval("#log .said p", all => all.filter(each => /hear me/.test(each.textContent)).length), 0);
    });
});

describe("a careful server", {timeout: 120000}, () => {
    with_server(["--rate", "5"]);

    test("admits a long paste, line by line", async () => {
        const lily = await Person.enter(server.url, "lily"), bob = await Person.enter(server.url, "bob");
        const texts = numbered(40, "pasted");
        await lily.say(texts.join("\n"));
        await bob.reads("pasted 40");
        assert.deepEqual(await bob.texts(), texts);
    });
});
