//! The refresh state machine against a small reference model (Z20), and the token's own encoding.

#![cfg(test)]

mod common;

use common::{authenticated, client, scope};
use proptest::prelude::*;
use protocol::{
    acr::Amr,
    authorize::RequestedClaims,
    catalogue,
    client::Client,
    grant::Grant,
    refresh::{RefreshToken, RefreshVerdict, judge, narrowed},
};

const GRACE: i64 = 10;
const IDLE: i64 = 100;
const ABSOLUTE: i64 = 1000;

fn grant() -> Grant {
    Grant {
        id: "g-1".into(),
        client_id: "app".into(),
        user_id: "u-1".into(),
        sid: "s-1".into(),
        scope: scope("openid email offline_access"),
        redirect_uri: "https://app.example/cb".into(),
        nonce: None,
        code_challenge: None,
        claims: RequestedClaims::default(),
        auth_time: 0,
        acr: protocol::acr::SINGLE.into(),
        amr: Amr::default(),
        code_expires_at: 60,
        issued_at: 0,
        generation: 0,
        generation_at: 0,
        refresh_expires_at: IDLE,
        refresh_absolute_at: ABSOLUTE,
        revoked_at: None,
    }
}

fn token(generation: i64) -> RefreshToken {
    RefreshToken { grant_id: "g-1".into(), generation }
}

fn verdict(grant: &Grant, generation: i64, now: i64) -> RefreshVerdict {
    judge(grant, &token(generation), &authenticated(&client()), now, GRACE)
}

#[test]
fn tok5_the_previous_generation_gives_the_same_successor_within_the_grace_window() {
    let grant = Grant { generation: 5, generation_at: 50, ..grant() };
    assert_eq!(verdict(&grant, 5, 60), RefreshVerdict::Rotate { from: 5 });
    assert_eq!(verdict(&grant, 4, 60), RefreshVerdict::RepeatSuccessor { generation: 5 });
    assert_eq!(verdict(&grant, 4, 61), RefreshVerdict::Reuse);
    assert_eq!(verdict(&grant, 3, 51), RefreshVerdict::Reuse);
    assert_eq!(verdict(&grant, 6, 51), RefreshVerdict::Refused);
    assert_eq!(verdict(&grant, -1, 51), RefreshVerdict::Refused);
}

#[test]
fn t10_t12_a_dead_grant_and_another_client_are_refused() {
    let revoked = Grant { revoked_at: Some(1), ..grant() };
    assert_eq!(verdict(&revoked, 0, 2), RefreshVerdict::Refused);
    assert_eq!(verdict(&grant(), 0, IDLE - 1), RefreshVerdict::Rotate { from: 0 });
    assert_eq!(verdict(&grant(), 0, IDLE), RefreshVerdict::Refused);
    let slid_too_far = Grant { refresh_expires_at: ABSOLUTE + 500, ..grant() };
    assert_eq!(verdict(&slid_too_far, 0, ABSOLUTE), RefreshVerdict::Refused);
    let other = authenticated(&Client { id: "other".into(), ..client() });
    assert_eq!(judge(&grant(), &token(0), &other, 1, GRACE), RefreshVerdict::Refused);
    let foreign = RefreshToken { grant_id: "g-2".into(), generation: 0 };
    assert_eq!(judge(&grant(), &foreign, &authenticated(&client()), 1, GRACE), RefreshVerdict::Refused);
}

#[test]
fn tok5_a_client_without_rotation_keeps_its_token() {
    let keeping = authenticated(&Client { rotate_refresh_tokens: false, ..client() });
    assert_eq!(judge(&grant(), &token(0), &keeping, 1, GRACE), RefreshVerdict::Keep);
    let rotated_before = Grant { generation: 2, generation_at: 0, ..grant() };
    assert_eq!(judge(&rotated_before, &token(0), &keeping, 1, GRACE), RefreshVerdict::Reuse);
}

#[test]
fn tok4_scope_only_narrows() {
    let granted = scope("openid email");
    assert_eq!(narrowed(&granted, None), Ok(granted.clone()));
    assert_eq!(narrowed(&granted, Some(&scope(""))), Ok(granted.clone()));
    assert_eq!(narrowed(&granted, Some(&scope("email"))), Ok(scope("email")));
    assert_eq!(narrowed(&granted, Some(&scope("email orders"))), Err(catalogue::SCOPE_NOT_GRANTED));
}

#[test]
fn a_refresh_token_is_readable_only_with_its_key_and_unchanged() {
    let text = token(7).encode(b"key");
    assert_eq!(RefreshToken::decode(&text, b"key"), Some(token(7)));
    assert_eq!(RefreshToken::decode(&text, b"other key"), None);
    let mac = text.rsplit_once('.').unwrap().1;
    for forged in [
        format!("g-1.8.{mac}"),
        format!("g-1.07.{mac}"),
        format!("g-1.+7.{mac}"),
        format!("g-2.7.{mac}"),
        format!("g-1.7.{mac}="),
        format!("g-1.7.{mac}.{mac}"),
        "g-1.7".into(),
        format!("g-1.99999999999999999999.{mac}"),
        String::new(),
        "..".into(),
    ] {
        assert_eq!(RefreshToken::decode(&forged, b"key"), None, "{forged}");
    }
    for bit in 0..text.len() * 8 {
        let mut bytes = text.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        assert_eq!(RefreshToken::decode(&changed, b"key"), None, "{changed}");
    }
}

/// The rules told as a story: which tokens were handed out, and when each was replaced.
struct Model {
    replaced_at: Vec<i64>,
    idle_until: i64,
    dead: bool,
}

impl Model {
    fn present(&mut self, generation: i64, now: i64) -> RefreshVerdict {
        let newest = i64::try_from(self.replaced_at.len()).unwrap();
        if self.dead || now >= self.idle_until || now >= ABSOLUTE || !(0..=newest).contains(&generation) {
            return RefreshVerdict::Refused;
        }
        if generation == newest {
            self.replaced_at.push(now);
            self.idle_until = now + IDLE;
            return RefreshVerdict::Rotate { from: newest };
        }
        let replaced = self.replaced_at[usize::try_from(generation).unwrap()];
        if generation + 1 == newest && now - replaced <= GRACE {
            return RefreshVerdict::RepeatSuccessor { generation: newest };
        }
        self.dead = true;
        RefreshVerdict::Reuse
    }
}

/// What the store does with a verdict.
fn apply(grant: &mut Grant, verdict: RefreshVerdict, now: i64) {
    match verdict {
        RefreshVerdict::Rotate { from } => {
            grant.generation = from + 1;
            grant.generation_at = now;
            grant.refresh_expires_at = now + IDLE;
        }
        RefreshVerdict::Reuse => grant.revoked_at = Some(now),
        RefreshVerdict::Keep | RefreshVerdict::RepeatSuccessor { .. } | RefreshVerdict::Refused => {}
    }
}

#[derive(Debug, Clone)]
enum Action {
    /// Present the token this many generations behind the newest.
    Present(i64),
    Advance(i64),
    Revoke,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => prop_oneof![5 => Just(0), 3 => Just(1), 1 => -1i64..4].prop_map(Action::Present),
        5 => prop_oneof![4 => 0i64..GRACE + 3, 1 => 0i64..IDLE + 20].prop_map(Action::Advance),
        1 => Just(Action::Revoke),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn z20_any_sequence_agrees_with_the_reference_model(actions in prop::collection::vec(action(), 0..60)) {
        let (mut grant, mut now, client) = (grant(), 0, authenticated(&client()));
        let mut model = Model { replaced_at: Vec::new(), idle_until: IDLE, dead: false };
        for action in actions {
            match action {
                Action::Present(behind) => {
                    let generation = grant.generation - behind;
                    let was_dead = model.dead;
                    let verdict = judge(&grant, &token(generation), &client, now, GRACE);
                    prop_assert_eq!(verdict, model.present(generation, now));
                    prop_assert!(!was_dead || verdict == RefreshVerdict::Refused, "a dead family never works again");
                    apply(&mut grant, verdict, now);
                }
                Action::Advance(seconds) => now += seconds,
                Action::Revoke => {
                    model.dead = true;
                    grant.revoked_at = Some(now);
                }
            }
        }
    }

    #[test]
    fn a_refresh_token_reads_back_and_reading_is_total(
        grant_id in "[a-z0-9-]{1,36}", generation in 0i64.., noise in ".{0,60}"
    ) {
        let token = RefreshToken { grant_id, generation };
        prop_assert_eq!(RefreshToken::decode(&token.encode(b"k"), b"k"), Some(token));
        prop_assert_eq!(RefreshToken::decode(&noise, b"k"), None);
    }
}
