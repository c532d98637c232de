package example;

import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.oauth2.resource.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.*;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An API that takes access tokens of a realm: Spring Security. Its settings are in application.properties. */
@SpringBootApplication
@RestController
public class Api {
    public static void main(String[] arguments) {
        SpringApplication.run(Api.class, arguments);
    }

    @Bean
    JwtDecoder jwtDecoder(OAuth2ResourceServerProperties settings) {
        var realm = settings.getJwt();
        var decoder = NimbusJwtDecoder.withIssuerLocation(realm.getIssuerUri())
            .jwsAlgorithm(SignatureAlgorithm.ES256).validateType(false).build(); // the next lines look at the type
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
            .issuer(realm.getIssuerUri()).audience(realm.getAudiences().get(0))
            .validators(all -> all.put("client_id", new JwtClaimValidator<>("client_id", Objects::nonNull))).build());
        return decoder;
    }

    @GetMapping("/")
    String caller(@AuthenticationPrincipal Jwt token) {
        return token.getSubject() + " by " + token.getClaimAsString("client_id");
    }
}
