// The Vercel AI SDK with ai-gateway-provider, both as published, against the local Cloudflare. Prints what came back.
import { createAnthropic } from "ai-gateway-provider/providers/anthropic";
import { createOpenAI } from "ai-gateway-provider/providers/openai";
import { createUnified } from "ai-gateway-provider/providers/unified";
import { createAiGateway } from "ai-gateway-provider";
import { generateText, streamText } from "ai";

const [gatewayUrl, accountId, gateway, apiKey] = process.argv.slice(2);

// The package sends to Cloudflare's host and to no other: where that host is, is the network's business.
const published = `https://gateway.ai.cloudflare.com/v1/${accountId}/${gateway}`;
const network = globalThis.fetch;
globalThis.fetch = (url, init) => network(String(url).replace(published, gatewayUrl), init);

const headersOf = (answer) =>
  Object.fromEntries(Object.entries(answer.response.headers ?? {}).filter(([name]) => name.startsWith("cf-aig-")));
const ask = async (model) => {
  const answer = await generateText({ model, prompt: "hello", maxRetries: 0 });
  return { text: answer.text, usage: answer.usage.totalTokens, headers: headersOf(answer) };
};

const openai = createOpenAI();
const anthropic = createAnthropic();
const through = (options) => createAiGateway({ accountId, gateway, apiKey, options });

const results = {};
results.native = await ask(through()(openai.chat("gpt-4o-mini")));
results.responses = await ask(through()(openai("gpt-4.1-mini")));
results.route = await ask(through()(createUnified()("dynamic/chat")));
results.fallback = await ask(through()([openai.chat("down"), anthropic("claude-sonnet-5")]));
const cached = through({ cacheKey: "node", cacheTtl: 300, metadata: { user: "node" } });
results.miss = await ask(cached(openai.chat("gpt-4o")));
results.hit = await ask(cached(openai.chat("gpt-4o")));

const stream = streamText({ model: through()(openai.chat("gpt-4o-mini")), prompt: "hello", maxRetries: 0 });
results.stream = [];
for await (const part of stream.textStream) results.stream.push(part);

// With a binding, as in a Worker, the package leaves sending to whoever gave it.
const binding = {
  run: (body, { signal } = {}) =>
    network(gatewayUrl, {
      method: "POST",
      headers: { "content-type": "application/json", "cf-aig-authorization": `Bearer ${apiKey}` },
      body: JSON.stringify(body),
      signal,
    }),
};
results.binding = await ask(createAiGateway({ binding })(openai.chat("gpt-4o-mini")));

results.refused = await ask(createAiGateway({ accountId, gateway, apiKey: "wrong" })(openai.chat("gpt-4o-mini"))).catch(
  (error) => error.constructor.name,
);
console.log(JSON.stringify(results));
