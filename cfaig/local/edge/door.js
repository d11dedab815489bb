/**
 * In front of each Worker of the local Cloudflare. Pages of other sites are kept out, as on its own port: the Worker
 * may be open to all, and browsers let every page send. The local Cloudflare's own page may call whatever the Worker
 * says of other origins.
 */
const OWN = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const OWN_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

export default {
  async fetch(request, { WORKER, DOOR }) {
    const host = request.headers.get("host") ?? "";
    const origin = request.headers.get("origin");
    if (!OWN.test(host) && !DOOR.hostnames.includes(host.replace(/:\d+$/, "").toLowerCase())) {
      return refused(`This edge answers to ${["localhost", "127.0.0.1", ...DOOR.hostnames].join(", ")} only`);
    }
    if (DOOR.pages.includes(origin)) return ofOurPage(request, origin, WORKER);
    const known = origin === null ? request.headers.get("sec-fetch-site") !== "cross-site" : OWN_ORIGIN.test(origin);
    if (known || DOOR.origins.includes(origin)) return WORKER.fetch(request);
    return refused("Pages of other sites than localhost, and those in cors.origins, may not call this edge here");
  },
};

async function ofOurPage(request, origin, worker) {
  const asked = request.headers.get("access-control-request-method");
  if (request.method === "OPTIONS" && asked !== null) {
    return new Response(null, {
      status: 204,
      headers: {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": asked,
        "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "",
        "access-control-max-age": "600",
        vary: "origin",
      },
    });
  }
  const inside = new Request(request);
  inside.headers.delete("origin");
  const response = await worker.fetch(inside);
  if (response.webSocket) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("access-control-allow-origin", origin);
  answer.headers.set("access-control-expose-headers", "*");
  answer.headers.append("vary", "origin");
  return answer;
}

function refused(message) {
  const error = [{ code: 10000, message }];
  return Response.json({ success: false, errors: error, messages: [], result: null }, { status: 403 });
}
