/** The chat page in headless Chromium. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { LOCAL } from "../local.js";

const { CFAIG_CHROMIUM } = process.env;
if (!CFAIG_CHROMIUM) throw new Error("CFAIG_CHROMIUM is not set: run these tests with `pytest tests/web`");
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const DESKTOP = Object.freeze({ viewport: { width: 1000, height: 780 } });
export const PHONE = Object.freeze({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

export const browser = await chromium.launch({ executablePath: CFAIG_CHROMIUM });

/**
 * A page of its own. `close` fails when the page complained, or asked for anything that is not of this machine.
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {string} [address] of the local Cloudflare
 */
export async function openPage(options = DESKTOP, address = LOCAL) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // Statuses of answers that are no success are logged as errors by the browser itself.
    const own = !message.text().startsWith("Failed to load resource");
    if (own && ["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1") complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(`${address}/chat`);
  const close = async () => {
    await context.close();
    if (complaints.length > 0) throw new Error(complaints.join("\n"));
  };
  return { page, close, complaints };
}

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page @param {string} text */
export async function ask(page, text) {
  await page.getByRole("textbox", { name: "Your question" }).fill(text);
  await page.keyboard.press("Enter");
}

/** @param {Page} page @param {string} words */
export const choose = (page, words) => page.getByLabel("Answers come").selectOption({ label: words });

/** The newest exchange. @param {Page} page */
export const newest = (page) => page.locator(".exchange").last();

/**
 * What is told about the newest answer, once its cost is known.
 * @param {Page} page
 * @returns {Promise<Record<string, string>>}
 */
export async function facts(page) {
  const list = newest(page).locator("dl");
  await list.getByText(/^\$/).waitFor();
  const pairs = await list.locator("div").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt")?.textContent ?? "", row.querySelector("dd")?.textContent ?? ""]),
  );
  return Object.fromEntries(pairs);
}

/**
 * What axe-core finds wrong (https://github.com/dequelabs/axe-core): WCAG 2.2 AA and good practice.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function barriers(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const found = await /** @type {any} */ (globalThis).axe.run();
    return found.violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map(({ html = "" }) => html)}`);
  });
}
