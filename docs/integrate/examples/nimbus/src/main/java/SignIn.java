import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.*;
import com.nimbusds.oauth2.sdk.auth.*;
import com.nimbusds.oauth2.sdk.id.*;
import com.nimbusds.oauth2.sdk.pkce.*;
import com.nimbusds.openid.connect.sdk.*;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.sun.net.httpserver.HttpServer;
import java.net.*;
/** A web app that signs people in: Nimbus OAuth 2.0 SDK. Settings: ISSUER, CLIENT_ID, CLIENT_SECRET, PORT. */
public class SignIn {
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        var callback = URI.create("http://127.0.0.1:" + port + "/callback");
        var client = new ClientSecretBasic(new ClientID(System.getenv("CLIENT_ID")), new Secret(System.getenv("CLIENT_SECRET")));
        var realm = OIDCProviderMetadata.resolve(new Issuer(System.getenv("ISSUER")));
        var validator = new IDTokenValidator(realm.getIssuer(), client.getClientID(), JWSAlgorithm.RS256, realm.getJWKSetURI().toURL());
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            var verifier = new CodeVerifier(); var nonce = new Nonce(); // the cookie binds the answer to this browser
            exchange.getResponseHeaders().set("Set-Cookie", "attempt=" + verifier.getValue() + "." + nonce + "; HttpOnly; SameSite=Lax");
            exchange.getResponseHeaders().set("Location", new AuthenticationRequest.Builder(ResponseType.CODE,
                new Scope("openid", "profile", "email"), client.getClientID(), callback).nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256).endpointURI(realm.getAuthorizationEndpointURI()).build().toURI().toString());
            exchange.sendResponseHeaders(302, -1);
        });
        server.createContext("/callback", exchange -> { try (exchange) {
            var attempt = exchange.getRequestHeaders().getFirst("Cookie").split("attempt=")[1].split("[.;]");
            var code = AuthenticationResponseParser.parse(exchange.getRequestURI()).toSuccessResponse().getAuthorizationCode();
            var request = new TokenRequest(realm.getTokenEndpointURI(), client, new AuthorizationCodeGrant(code, callback, new CodeVerifier(attempt[0])));
            var tokens = OIDCTokenResponseParser.parse(request.toHTTPRequest().send()).toSuccessResponse().getTokens().toOIDCTokens();
            var email = validator.validate(tokens.getIDToken(), new Nonce(attempt[1])).getStringClaim("email");
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(email.getBytes());
        } catch (Exception refused) { refused.printStackTrace(); } });
        server.start();
    }
}
