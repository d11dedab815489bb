import assert from "node:assert/strict";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import { Cable, lastAsked, script, until } from "../local.js";
import { ask, barriers, browser, choose, facts, newest, openPage, PHONE } from "./pages.js";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Page} */
let page;
/** @type {() => Promise<void>} */
let close = async () => {};
let number = 0;
/** A question that nobody has asked before. */
const fresh = () => `page question ${(number += 1)}`;

/** @param {Parameters<typeof openPage>} given */
async function open(...given) {
  ({ page, close } = await openPage(...given));
}

beforeEach(() => script());
afterEach(() => close());
after(() => browser.close());

const stop = () => page.getByRole("button", { name: "Stop" });
const status = () => page.getByRole("status").first();

describe("an answer", () => {
  test("tells provider, model, cache, step, cost and latency; the same question is a HIT", async () => {
    await open();
    const question = fresh();
    await ask(page, question);
    const first = await facts(page);
    assert.match(first.Cost, /^\$0\.0*[1-9]/);
    assert.match(first.Latency, /^\d+ ms|[\d.]+ s$/);
    assert.deepEqual(
      [first.Provider, first.Model, first.Cache, first.Step],
      ["openai", "gpt-4o", "MISS", "0"],
    );
    await ask(page, question);
    await newest(page).getByText("HIT").waitFor();
    const second = await facts(page);
    assert.deepEqual([second.Cache, second.Cost, second.Provider], ["HIT", "$0", "openai"]);
    assert.equal(await status().textContent(), `Answer from the cache: [openai gpt-4o] ${question}`);
    assert.equal(await page.locator(".exchange").count(), 2);
  });

  test("comes from the next provider when one fails", async () => {
    await open();
    await script({ provider: "openai", status: 500 });
    await ask(page, fresh());
    const { Provider, Step } = await facts(page);
    assert.deepEqual([Provider, Step], ["anthropic", "1"]);
  });

  test("comes in parts, and its cost at the end", async () => {
    await open();
    await script({ chunk_delay: "50ms", text: "one two three four five six" });
    await choose(page, "as a stream");
    await ask(page, fresh());
    const text = newest(page).locator(".answer");
    await text.getByText("one two").waitFor();
    assert.equal(await newest(page).getAttribute("aria-busy"), "true");
    const told = await facts(page);
    assert.equal(await text.textContent(), "one two three four five six");
    assert.equal(await newest(page).getAttribute("aria-busy"), "false");
    assert.ok(told.Cost !== "$0" && told["First byte"] !== undefined);
  });

  test("what was said before is sent along if that is wanted", async () => {
    await open();
    const [first, second, third] = [fresh(), fresh(), fresh()];
    for (const question of [first, second]) {
      await ask(page, question);
      await facts(page);
    }
    assert.deepEqual((await lastAsked()).messages, [{ role: "user", content: second }]);
    await page.getByLabel("Send what was said before").check();
    await ask(page, third);
    await newest(page).locator(".answer").getByText(third).waitFor();
    await facts(page);
    assert.deepEqual(
      (await lastAsked()).messages.map((/** @type {any} */ { content }) => content),
      [first, `[openai gpt-4o] ${first}`, second, `[openai gpt-4o] ${second}`, third],
    );
    await page.getByRole("button", { name: "Begin anew" }).click();
    assert.equal(await page.locator(".exchange").count(), 0);
  });
});

describe("ending", () => {
  test("a stream with Esc: what has come stays, and the next question works", async () => {
    await open();
    await script({ stall_after: 4 });
    await choose(page, "as a stream");
    await ask(page, "one two three");
    await newest(page).locator(".answer").getByText("[openai").waitFor();
    await page.keyboard.press("Escape");
    await newest(page).getByText("Stopped.").waitFor();
    assert.match((await newest(page).locator(".answer").textContent()) ?? "", /^\[openai/);
    await script();
    await choose(page, "in one piece");
    await ask(page, fresh());
    assert.equal((await facts(page)).Step, "0");
  });

  test("a question that waits, with the button", async () => {
    await open();
    await script({ hang: true });
    await ask(page, fresh());
    await stop().click();
    await newest(page).getByText("Stopped.").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "TEXTAREA");
  });
});

describe("failures can be read", () => {
  test("and asked again, when that may help", async () => {
    await open();
    await page.getByLabel("Model").fill("openai/gpt-4o");
    await script({ status: 429, message: "slow down", retry_after: "7s", times: 1 });
    const question = fresh();
    await ask(page, question);
    const failure = newest(page).locator(".failure");
    await failure.waitFor();
    for (const words of ["Too many requests", "slow down", "told by the provider", "HTTP 429", "try again in 7 s"])
      assert.ok((await failure.textContent())?.includes(words), words);
    assert.equal(await status().textContent(), "Too many requests: slow down");
    await page.getByRole("button", { name: "Ask again" }).press("Enter");
    assert.equal((await facts(page)).Provider, "openai");
  });

  test("also when the server is gone", async () => {
    const cable = await new Cable().lay();
    await open(undefined, new URL(cable.base_url).origin);
    cable.take();
    await ask(page, fresh());
    await newest(page).getByText("No answer, or not all of it").waitFor();
    // The browser itself complains of connections that are refused.
    await page.context().close();
    close = async () => {};
  });
});

describe("over a WebSocket", () => {
  test("a connection that is cut comes back, and so does the question", async () => {
    const cable = await new Cable().lay();
    await open(undefined, new URL(cable.base_url).origin);
    /** @type {import("playwright-core").WebSocket[]} */
    const sockets = [];
    let sent = 0;
    page.on("websocket", (socket) => {
      sockets.push(socket);
      socket.on("framesent", () => (sent += 1));
    });
    await script({ hang: true });
    await choose(page, "in one piece, over a WebSocket");
    const question = fresh();
    await ask(page, question);
    await page.getByText("WebSocket: connected").waitFor();
    await until(() => sent === 1, "the question is sent");
    cable.refusing = true;
    cable.cut();
    await page.getByText("WebSocket: the connection was cut; trying again").waitFor();
    await script();
    cable.refusing = false;
    await newest(page).locator(".answer").getByText(question).waitFor();
    assert.ok(sockets.length >= 2);
    assert.deepEqual([(await facts(page)).Provider, sent], ["openai", 2]);
    cable.take();
    await page.context().close();
    close = async () => {};
  });

  test("streams, and Esc ends them", async () => {
    await open();
    await script({ stall_after: 4 });
    await choose(page, "as a stream, over a WebSocket");
    await ask(page, "one two three");
    await newest(page).locator(".answer").getByText("[openai").waitFor();
    await page.keyboard.press("Escape");
    await newest(page).getByText("Stopped.").waitFor();
    await page.getByText("WebSocket: no connection; it opens with the next question").waitFor();
    await script();
    const question = fresh();
    await ask(page, question);
    await newest(page).locator(".answer").getByText(question).waitFor();
  });
});

describe("an edge", () => {
  test("wants its token, and answers with it, also over a WebSocket", async () => {
    await open();
    await page.getByLabel("Gateway or edge").selectOption({ label: "web via web-edge" });
    assert.equal(await page.getByLabel("Model").inputValue(), "dynamic/chat");
    await ask(page, fresh());
    const failure = newest(page).locator(".failure");
    await failure.getByText("Not allowed").waitFor();
    assert.match((await failure.textContent()) ?? "", /told by the edge · HTTP 401 · code 6001/);
    await page.getByLabel("Your token for this edge").fill("edge-token");
    await ask(page, fresh());
    const { Provider, Cache } = await facts(page);
    assert.deepEqual([Provider, Cache], ["openai", "MISS"]);
    await choose(page, "as a stream, over a WebSocket");
    const question = fresh();
    await ask(page, question);
    await newest(page).locator(".answer").getByText(question).waitFor();
  });
});

describe("everybody can use it", () => {
  test("with the keyboard alone", async () => {
    await open();
    /** @returns {Promise<string>} what has the focus, as a screen reader names it */
    const focused = () =>
      page.evaluate(() => {
        const element = /** @type {HTMLElement & {labels?: NodeList}} */ (document.activeElement);
        return (element.labels?.[0]?.textContent ?? element.textContent ?? "").trim();
      });
    assert.equal(await focused(), "Your question");
    await page.keyboard.type("first line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type(fresh());
    await page.keyboard.press("Enter");
    await facts(page);
    assert.match((await newest(page).locator(".question").textContent()) ?? "", /^first line\npage question/);
    assert.equal(await focused(), "Your question");
    /** @type {string[]} */
    const before = [];
    while (before[0] !== "Local Cloudflare") {
      await page.keyboard.press("Shift+Tab");
      before.unshift(await focused());
      assert.ok(before.length < 10, before.join(", "));
    }
    assert.deepEqual(before.slice(2), [
      "Gateway or edge",
      "Model",
      "Answers come",
      "Leave the cache out",
      "Send what was said before",
    ]);
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("Tab");
    assert.equal(await focused(), "Answers come");
    await page.keyboard.press("ArrowDown");
    assert.match((await page.locator("summary").textContent()) ?? "", /as a stream/);
    await script({ stall_after: 4 });
    while ((await focused()) !== "Your question") await page.keyboard.press("Tab");
    await page.keyboard.type("one two three");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Stop");
    await page.keyboard.press("Enter");
    await newest(page).getByText("Stopped.").waitFor();
    assert.equal(await focused(), "Your question");
  });

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe-core finds no barriers, on a phone as well: ${colorScheme}`, async () => {
      await open({ ...PHONE, colorScheme });
      await ask(page, fresh());
      await facts(page);
      await script({ status: 503 });
      await page.locator("summary").click();
      await choose(page, "in one piece, over a WebSocket");
      await page.getByLabel("Model").fill("openai/gpt-4o");
      await ask(page, fresh());
      await newest(page).locator(".failure").waitFor();
      assert.deepEqual(await barriers(page), []);
    });
  }

  test("on a phone nothing is wider than the screen, and everything can be touched", async () => {
    await open(PHONE);
    assert.equal(await page.getByLabel("Model").isVisible(), false);
    await ask(page, `${"longword".repeat(30)} ${fresh()}`);
    await facts(page);
    await page.locator("summary").click();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= PHONE.viewport.width, `${width}`);
    for (const element of await page.locator("button, select, input, textarea, summary").all()) {
      const box = await element.boundingBox();
      const inLabel = await element.evaluate((node) => node.closest(".check") !== null);
      assert.ok(box !== null && (box.height >= 24 || inLabel), await element.evaluate((node) => node.outerHTML));
      assert.ok(box.x >= 0 && box.x + box.width <= PHONE.viewport.width);
    }
  });
});
