package example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web app that signs people in: Spring Security. Its settings are in application.properties. */
@SpringBootApplication
@RestController
public class SignIn {
    public static void main(String[] arguments) {
        SpringApplication.run(SignIn.class, arguments);
    }

    @Bean
    SecurityFilterChain everythingNeedsSignIn(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
        var atTheRealmToo = new OidcClientInitiatedLogoutSuccessHandler(clients);
        atTheRealmToo.setPostLogoutRedirectUri("{baseUrl}/signed-out");
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/signed-out").permitAll().anyRequest().authenticated())
            .oauth2Login(Customizer.withDefaults()).logout(logout -> logout.logoutSuccessHandler(atTheRealmToo)).build();
    }

    @GetMapping("/")
    ResponseEntity<String> person(@AuthenticationPrincipal OidcUser person) {
        var text = "%s (%s)".formatted(person.getFullName(), person.getEmail());
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(text);
    }
}
