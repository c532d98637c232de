//! Starts the application from its configuration.

use clock::{SharedClock, random::SharedRandom};
use protocol::acr;
use service::{Ambient, Resources, config::SignIn};
use web::cookie::{CookieSpec, SameSite};

use crate::{access::Area, config::Config, paths, realm::Admin, routes, state::AppState};

/// The application, ready to serve.
pub type App = service::App<Admin, Config>;

/// Opens the databases, migrates their schemas and builds the router. Doesn't contact the realm.
///
/// # Errors
/// A database that can't be opened or has a newer schema, or a configuration that the relying party refuses.
pub async fn start(config: Config, clock: SharedClock, random: SharedRandom) -> anyhow::Result<App> {
    let party = relying_party_config(&config);
    let resources = Resources::open(&config.service, party, Ambient { clock, random }).await?;
    Ok(assemble(config, resources))
}

/// Puts the parts together.
pub(crate) fn assemble(config: Config, resources: Resources<Admin>) -> App {
    let language = cookie(&config, "rk_console_language", SameSite::Lax);
    let state = AppState::new(config, resources, language, false);
    App::new(routes::router(&state), state, |_| Vec::new())
}

fn cookie(config: &Config, name: &str, same_site: SameSite) -> CookieSpec {
    CookieSpec::new(name, &config.service.public_url, &config.cookie_path, same_site)
}

/// The configuration of the relying party. A second factor is always required, whatever the configuration (RS4).
pub(crate) fn relying_party_config(config: &Config) -> relying_party::Config {
    let base = config.base();
    config.service.relying_party(SignIn {
        callback: format!("{base}{}", paths::CALLBACK),
        signed_out: format!("{base}{}", paths::SIGNED_OUT),
        scopes: Area::ALL.map(Area::scope).to_vec(),
        required_acr: Some(acr::MULTI),
        session_cookie: cookie(config, "rk_console_session", SameSite::Strict),
        visitor_cookie: cookie(config, "rk_console_visitor", SameSite::Lax),
    })
}
