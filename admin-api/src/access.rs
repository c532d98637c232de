//! The rights of staff: a route needs both a scope of the token and a permission from the person's roles (RS2, SSO-3,
//! POOL-3).
//!
//! The console uses the same function as the API, so a page never offers an action that the API would refuse (C7).

use std::marker::PhantomData;

use axum::{extract::FromRequestParts, http::request::Parts};
use language::Message;
use relying_party::{Caller, Refusal};
use service::CommonError;
use web::edge::RequestId;

use crate::{error::Error, paths, realm::Admin, state::AppState};

/// A part of the service with its own access rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Pages of the storefront.
    Content,
    /// Customers' orders.
    Orders,
}

impl Area {
    /// Every area, in the order of the navigation.
    pub const ALL: [Area; 2] = [Area::Content, Area::Orders];

    /// The scope that the token needs.
    pub fn scope(self) -> &'static str {
        match self {
            Area::Content => "content",
            Area::Orders => "orders",
        }
    }

    /// The permission that the person needs.
    pub fn permission(self) -> &'static str {
        match self {
            Area::Content => "content_moderation",
            Area::Orders => "sales_management",
        }
    }

    /// The message with its name.
    pub fn name(self) -> &'static str {
        match self {
            Area::Content => "content",
            Area::Orders => "orders",
        }
    }

    /// The path of its list in the console.
    pub fn path(self) -> &'static str {
        match self {
            Area::Content => paths::CONTENT,
            Area::Orders => paths::ORDERS,
        }
    }

    /// Requires both the scope and the permission.
    pub fn demand(self, caller: &Caller<Admin>) -> Result<(), Refusal> {
        caller.require_scope(self.scope())?;
        caller.require_permission(self.permission())
    }

    /// The reason why [`Area::demand`] would refuse this caller, as a sentence.
    pub fn refusal(self, caller: &Caller<Admin>) -> Option<Message> {
        let refusal = CommonError::from(self.demand(caller).err()?);
        Some(refusal.words().sentence)
    }
}

/// Names an area in a type.
pub trait AreaMarker: Send + 'static {
    /// The area.
    const AREA: Area;
}

/// [`Area::Content`] as a type.
#[derive(Debug, Clone, Copy)]
pub struct Content;

/// [`Area::Orders`] as a type.
#[derive(Debug, Clone, Copy)]
pub struct Orders;

impl AreaMarker for Content {
    const AREA: Area = Area::Content;
}

impl AreaMarker for Orders {
    const AREA: Area = Area::Orders;
}

/// A member of staff with the rights for `A`. Handlers of the API take it first, so that the body of a request without
/// these rights is never read.
#[derive(Debug)]
pub struct Staff<A> {
    /// The caller.
    pub caller: Caller<Admin>,
    /// The request's id.
    pub request_id: String,
    area: PhantomData<A>,
}

impl<A: AreaMarker> FromRequestParts<AppState> for Staff<A> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let caller = Caller::<Admin>::from_request_parts(parts, state).await?;
        A::AREA.demand(&caller)?;
        let Ok(RequestId(request_id)) = RequestId::from_request_parts(parts, state).await;
        Ok(Self { caller, request_id, area: PhantomData })
    }
}
