// An MCP server for people of a realm. Settings: ISSUER, PORT.
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createRemoteJWKSet, errors, jwtVerify } from "jose";

const { ISSUER, PORT = "8081" } = process.env;
const resource = new URL(`http://127.0.0.1:${PORT}/mcp`); // the resource of the scope `tools` in the realm file
const realm = await (await fetch(`${ISSUER}/.well-known/oauth-authorization-server`)).json();
const keys = createRemoteJWKSet(new URL(realm.jwks_uri));
const rules = { issuer: ISSUER, audience: resource.href, typ: "at+jwt", algorithms: ["ES256"], requiredClaims: ["exp"] };

async function verifyAccessToken(token) {
  const { payload } = await jwtVerify(token, keys, rules).catch((error) => {
    throw error instanceof errors.JOSEError ? new InvalidTokenError(error.message) : error;
  });
  const { client_id: clientId, scope, exp: expiresAt, sub } = payload;
  return { token, clientId, scopes: scope.split(" "), expiresAt, extra: { sub } };
}

const app = createMcpExpressApp();
app.use(mcpAuthMetadataRouter({ oauthMetadata: realm, resourceServerUrl: resource, scopesSupported: ["tools"] }));
const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resource);
const guard = requireBearerAuth({ verifier: { verifyAccessToken }, requiredScopes: ["tools"], resourceMetadataUrl });
app.post("/mcp", guard, async (request, response) => {
  const server = new McpServer({ name: "example", version: "1.0.0" });
  server.registerTool("whoami", { description: "Who calls this tool" }, ({ authInfo }) => ({
    content: [{ type: "text", text: `${authInfo.extra.sub} by ${authInfo.clientId}` }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }); // without sessions
  response.on("close", () => transport.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(Number(PORT), "127.0.0.1");
