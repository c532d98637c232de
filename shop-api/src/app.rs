//! Starts the application from its configuration.

use clock::{SharedClock, random::SharedRandom};
use commerce::{cart, demo, idempotency};
use service::{Ambient, Resources, config::SignIn};
use web::cookie::{CookieSpec, SameSite};

use crate::{
    access::{CHECKOUT, ORDERS},
    config::Config,
    paths,
    realm::Customer,
    routes,
    state::AppState,
};

/// The application, ready to serve.
pub type App = service::App<Customer, Config>;

/// Seconds after which an unchanged cart of a guest is deleted. The browser deletes the guest's cookie when it closes.
const GUEST_CART: i64 = 7 * 24 * 60 * 60;

/// Opens the databases, migrates their schemas and builds the router. Doesn't contact the realm.
///
/// # Errors
/// A database that can't be opened or has a newer schema, or a configuration that the relying party refuses.
pub async fn start(config: Config, clock: SharedClock, random: SharedRandom) -> anyhow::Result<App> {
    let party = relying_party_config(&config);
    let resources = Resources::open(&config.service, party, Ambient { clock, random }).await?;
    if config.demo {
        let Ambient { clock, random } = &resources.ambient;
        demo::seed(&resources.databases.commerce, &**random, clock.now()).await?;
    }
    Ok(assemble(config, resources))
}

/// Puts the parts together.
pub(crate) fn assemble(config: Config, resources: Resources<Customer>) -> App {
    let report_only = config.csp_report_only;
    let language = cookie(&config, "rk_shop_language");
    let state = AppState::new(config, resources, language, report_only);
    let expired = |now| vec![idempotency::expired(now), cart::abandoned(now - GUEST_CART)];
    App::new(routes::router(&state), state, expired)
}

fn cookie(config: &Config, name: &str) -> CookieSpec {
    CookieSpec::new(name, &config.service.public_url, "/", SameSite::Lax)
}

/// The configuration of the relying party.
pub(crate) fn relying_party_config(config: &Config) -> relying_party::Config {
    config.service.relying_party(SignIn {
        callback: paths::CALLBACK.to_owned(),
        signed_out: paths::SIGNED_OUT.to_owned(),
        scopes: vec![CHECKOUT, ORDERS],
        required_acr: None,
        session_cookie: cookie(config, "rk_shop_session"),
        visitor_cookie: cookie(config, "rk_shop_visitor"),
    })
}
