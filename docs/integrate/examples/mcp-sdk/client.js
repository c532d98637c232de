// An MCP client that signs its person in, a native app: open http://127.0.0.1:PORT/. Settings: MCP_SERVER, CLIENT_ID, PORT.
import { randomUUID } from "node:crypto";
import http from "node:http";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { MCP_SERVER = "http://127.0.0.1:8081/mcp", CLIENT_ID, PORT = "8080" } = process.env;
const redirectUrl = `http://127.0.0.1:${PORT}/callback`;
const kept = { state: randomUUID() }; // what an app keeps between its calls, for its one person
const authProvider = {
  redirectUrl, clientMetadata: { redirect_uris: [redirectUrl] },
  clientInformation: () => ({ client_id: CLIENT_ID }), state: () => (kept.state = randomUUID()),
  codeVerifier: () => kept.verifier, saveCodeVerifier: (verifier) => { kept.verifier = verifier; },
  tokens: () => kept.tokens, saveTokens: (tokens) => { kept.tokens = tokens; },
  redirectToAuthorization: (url) => {
    url.searchParams.set("scope", `${url.searchParams.get("scope")} offline_access`); // for a refresh token
    kept.signIn = url.href;
  },
};

http.createServer(async (request, response) => {
  const url = new URL(request.url, redirectUrl);
  const transport = new StreamableHTTPClientTransport(new URL(MCP_SERVER), { authProvider });
  try {
    if (url.pathname === "/callback") {
      const { code, state, error } = Object.fromEntries(url.searchParams);
      if (error || state !== kept.state) throw new Error(error ?? "this is the answer to no sign-in");
      await transport.finishAuth(code);
      return response.writeHead(303, { Location: "/" }).end();
    }
    const client = new Client({ name: "example", version: "1.0.0" });
    await client.connect(transport);
    const { content } = await client.callTool({ name: "whoami" });
    response.end(content[0].text);
  } catch (error) {
    if (error instanceof UnauthorizedError) return response.writeHead(303, { Location: kept.signIn }).end();
    response.writeHead(500).end(String(error));
  }
}).listen(Number(PORT), "127.0.0.1");
