//! What a member of staff may do: a scope of the token and a permission from their roles, both (RS2, SSO-3, POOL-3).
//!
//! The console asks the same function as the API, so a page can't offer what the API would refuse (C7).

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use relying_party::{Caller, Refusal, Side};
use web::edge::RequestId;

use crate::app::AppState;
use crate::error::Fault;

/// The staff side. A [`Caller<Admin>`] can only come from a token or session of the staff realm.
#[derive(Clone, Debug)]
pub struct Admin;

impl Side for Admin {
    const NAME: &'static str = "admin";
}

/// A part of the service with its own access rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Pages of the storefront.
    Content,
    /// Customers' orders.
    Orders,
}

impl Area {
    /// Every area, in the order of the navigation.
    pub const ALL: [Area; 2] = [Area::Content, Area::Orders];

    /// The scope that lets a client act here.
    pub fn scope(self) -> &'static str {
        match self {
            Area::Content => "content",
            Area::Orders => "orders",
        }
    }

    /// The permission that lets a person act here.
    pub fn permission(self) -> &'static str {
        match self {
            Area::Content => "content_moderation",
            Area::Orders => "sales_management",
        }
    }

    /// Its name on pages.
    pub fn name(self) -> &'static str {
        match self {
            Area::Content => "Content",
            Area::Orders => "Orders",
        }
    }

    /// The path of its list in the console.
    pub fn path(self) -> &'static str {
        match self {
            Area::Content => "/content",
            Area::Orders => "/orders",
        }
    }

    /// Demands both the scope and the permission.
    pub fn demand(self, caller: &Caller<Admin>) -> Result<(), Refusal> {
        caller.require_scope(self.scope())?;
        caller.require_permission(self.permission())
    }

    /// Why [`Area::demand`] would refuse this caller, as a sentence.
    pub fn refusal(self, caller: &Caller<Admin>) -> Option<String> {
        self.demand(caller).err().map(|refusal| refusal.words().sentence.into_owned())
    }
}

/// Names an area in a type.
pub trait Zone: Send + 'static {
    /// The area.
    const AREA: Area;
}

/// [`Area::Content`] as a type.
#[derive(Clone, Copy, Debug)]
pub struct Content;

/// [`Area::Orders`] as a type.
#[derive(Clone, Copy, Debug)]
pub struct Orders;

impl Zone for Content {
    const AREA: Area = Area::Content;
}

impl Zone for Orders {
    const AREA: Area = Area::Orders;
}

/// A member of staff who may act in `Z`. Handlers of the API take it first, so that the body of somebody who may
/// not act is never looked at.
#[derive(Debug)]
pub struct Staff<Z> {
    /// Who.
    pub caller: Caller<Admin>,
    /// The request in which they act.
    pub request_id: String,
    zone: PhantomData<Z>,
}

impl<Z: Zone> FromRequestParts<AppState> for Staff<Z> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let caller = Caller::<Admin>::from_request_parts(parts, state).await?;
        Z::AREA.demand(&caller)?;
        let Ok(RequestId(request_id)) = RequestId::from_request_parts(parts, state).await;
        Ok(Self { caller, request_id, zone: PhantomData })
    }
}
