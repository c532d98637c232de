//! The contract of the content store, races included.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use database::{Db, testing::scratch};

use super::{
    ContentError, Draft, Edit, Page, State,
    history::{What, history},
    list::{Cursor, Query, Sort, counts, list},
    store::{create, load, publish, published, save_and_publish, save_draft, unpublish},
};
use crate::{MIGRATION_SET, MIGRATIONS};

const ANN: Edit<'static> = Edit { by: "ann", at: 100, request_id: Some("request-1"), reason: None };
const BOB: Edit<'static> = Edit { by: "bob", at: 200, request_id: None, reason: None };

fn draft(slug: &str, title: &str) -> Draft {
    Draft::new(slug, title, "Text.").unwrap()
}

async fn page(db: &Db, slug: &str) -> Page {
    create(db, &format!("id-{slug}"), &draft(slug, slug), &ANN).await.unwrap()
}

#[tokio::test]
async fn h12_the_migration_goes_up_and_down_and_up() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    db.migrate_down(MIGRATION_SET, MIGRATIONS, 0).await.unwrap();
    db.migrate(MIGRATION_SET, MIGRATIONS).await.unwrap();
    page(&db, "a").await;
}

#[tokio::test]
async fn h7_a_draft_is_invisible_until_published_and_again_after_unpublishing() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let new = page(&db, "about").await;
    assert_eq!((new.version, new.state()), (1, State::Draft));
    assert!(published(&db, "about").await.unwrap().is_none());

    let out = publish(&db, &new.id, 1, &BOB).await.unwrap();
    assert_eq!((out.version, out.state(), out.published_by.as_deref()), (2, State::Published, Some("bob")));
    assert_eq!(published(&db, "about").await.unwrap().unwrap().title, "about");

    let edited = save_draft(&db, &new.id, 2, &draft("about", "New title"), &ANN).await.unwrap();
    assert_eq!(edited.state(), State::Changed);
    assert_eq!(published(&db, "about").await.unwrap().unwrap().title, "about");

    let back = unpublish(&db, &new.id, 3, &ANN).await.unwrap();
    assert_eq!((back.state(), back.title.as_str()), (State::Draft, "New title"));
    assert!(published(&db, "about").await.unwrap().is_none());
}

#[tokio::test]
async fn h7_saving_and_publishing_is_one_change() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let new = page(&db, "about").await;
    let out = save_and_publish(&db, &new.id, 1, &draft("about-us", "Now"), &BOB).await.unwrap();
    assert_eq!((out.version, out.state()), (2, State::Published));
    assert_eq!(published(&db, "about-us").await.unwrap().unwrap().title, "Now");
    let moved = save_and_publish(&db, &new.id, 2, &draft("about", "Now"), &BOB).await;
    assert!(matches!(moved, Err(ContentError::SlugInUse)));
}

#[tokio::test]
async fn c3_a_stale_change_of_any_kind_writes_nothing_and_returns_what_is_there() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let new = page(&db, "about").await;
    let theirs = save_draft(&db, &new.id, 1, &draft("about", "Theirs"), &BOB).await.unwrap();
    let refused = [
        save_draft(&db, &new.id, 1, &draft("about", "Mine"), &ANN).await,
        save_and_publish(&db, &new.id, 1, &draft("about", "Mine"), &ANN).await,
        publish(&db, &new.id, 1, &ANN).await,
        unpublish(&db, &new.id, 1, &ANN).await,
    ];
    for outcome in refused {
        assert!(matches!(outcome, Err(ContentError::Stale(page)) if *page == theirs));
    }
    assert_eq!(load(&db, &new.id).await.unwrap().unwrap(), theirs);
}

#[tokio::test]
async fn h7_a_change_of_no_page_is_not_found() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    assert!(matches!(publish(&db, "nobody", 1, &ANN).await, Err(ContentError::NotFound)));
    assert!(matches!(unpublish(&db, "nobody", 1, &ANN).await, Err(ContentError::NotFound)));
    assert!(matches!(
        save_draft(&db, "nobody", 1, &draft("a", "a"), &ANN).await,
        Err(ContentError::NotFound)
    ));
}

#[tokio::test]
async fn h7_a_slug_belongs_to_one_page() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    page(&db, "about").await;
    let other = page(&db, "other").await;
    let made = create(&db, "third", &draft("about", "x"), &ANN).await.unwrap_err();
    let moved = save_draft(&db, &other.id, 1, &draft("about", "x"), &ANN).await.unwrap_err();
    for error in [made, moved] {
        assert!(matches!(error, ContentError::SlugTaken));
        assert_eq!(error.field().unwrap().field, "slug");
    }
    assert_eq!(load(&db, &other.id).await.unwrap().unwrap(), other);
}

#[tokio::test]
async fn h7_a_published_page_keeps_its_address() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let new = page(&db, "about").await;
    publish(&db, &new.id, 1, &ANN).await.unwrap();
    let refused = save_draft(&db, &new.id, 2, &draft("about-us", "x"), &ANN).await;
    assert!(matches!(refused, Err(ContentError::SlugInUse)));
    unpublish(&db, &new.id, 2, &ANN).await.unwrap();
    assert_eq!(save_draft(&db, &new.id, 3, &draft("about-us", "x"), &ANN).await.unwrap().slug, "about-us");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h7_of_twenty_people_saving_the_same_version_one_wins() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let new = page(&db, "about").await;
    let saves = (0..20).map(|n| {
        let (db, id) = (db.clone(), new.id.clone());
        tokio::spawn(async move { save_draft(&db, &id, 1, &draft("about", &format!("by {n}")), &ANN).await })
    });
    let mut won = Vec::new();
    for save in saves.collect::<Vec<_>>() {
        match save.await.unwrap() {
            Ok(page) => won.push(page),
            Err(error) => assert!(matches!(error, ContentError::Stale(page) if page.version == 2)),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(load(&db, &new.id).await.unwrap().as_ref(), won.first());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h7_of_ten_pages_made_with_one_slug_one_exists() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let made = (0..10).map(|n| {
        let db = db.clone();
        tokio::spawn(async move { create(&db, &format!("id-{n}"), &draft("about", "x"), &ANN).await })
    });
    let mut won = 0;
    for create in made.collect::<Vec<_>>() {
        match create.await.unwrap() {
            Ok(_) => won += 1,
            Err(error) => assert!(matches!(error, ContentError::SlugTaken)),
        }
    }
    assert_eq!((won, counts(&db).await.unwrap().total), (1, 1));
}

async fn walk(db: &Db, sort: Sort) -> Vec<String> {
    let mut slugs = Vec::new();
    let mut query = Query { sort, limit: 2, ..Query::default() };
    loop {
        let listing = list(db, &query).await.unwrap();
        assert!(listing.pages.len() <= 2);
        slugs.extend(listing.pages.into_iter().map(|line| line.slug));
        match listing.next {
            Some(next) => query.after = Cursor::parse(&next.to_string()),
            None => return slugs,
        }
    }
}

#[tokio::test]
async fn c1_keyset_pages_show_every_page_once_in_order() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    for slug in ["c", "a", "e", "b", "d"] {
        page(&db, slug).await;
    }
    publish(&db, "id-a", 1, &BOB).await.unwrap();
    assert_eq!(walk(&db, Sort::Slug).await, ["a", "b", "c", "d", "e"]);
    assert_eq!(walk(&db, Sort::Updated).await, ["a", "e", "d", "c", "b"]);
}

#[tokio::test]
async fn c1_search_and_state_narrow_the_list() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    create(&db, "1", &draft("delivery", "Über uns 100%"), &ANN).await.unwrap();
    create(&db, "2", &draft("returns", "Returns_and refunds"), &ANN).await.unwrap();
    publish(&db, "2", 1, &ANN).await.unwrap();
    let found = async |search: &str, state| {
        let query = Query { search: search.to_owned(), state, limit: 10, ..Query::default() };
        let lines = list(&db, &query).await.unwrap().pages;
        lines.into_iter().map(|line| line.id).collect::<BTreeSet<_>>()
    };
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(found("", None).await, set(&["1", "2"]));
    assert_eq!(found(" ÜBER ", None).await, set(&["1"]));
    assert_eq!(found("0%", None).await, set(&["1"]));
    assert_eq!(found("s_a", None).await, set(&["2"]));
    assert_eq!(found("%", Some(State::Published)).await, set(&[]));
    assert_eq!(found("", Some(State::Draft)).await, set(&["1"]));
    save_draft(&db, "2", 2, &draft("returns", "New"), &ANN).await.unwrap();
    assert_eq!(found("", Some(State::Changed)).await, set(&["2"]));
    let counts = counts(&db).await.unwrap();
    assert_eq!((counts.total, counts.drafts, counts.changed), (2, 1, 1));
}

#[test]
fn r6_a_tampered_cursor_is_no_cursor() {
    for bad in ["", ".", "1", "1.", "zz.a", "-1.a", "1.a'b", "1.a b", "fffffffffffffffff.a"] {
        assert!(Cursor::parse(bad).is_none(), "{bad}");
        assert!(Cursor::parse(&URL_SAFE_NO_PAD.encode(bad)).is_none(), "{bad}");
    }
    assert!(Cursor::parse(&URL_SAFE_NO_PAD.encode("1.a")).is_some());
}

#[tokio::test]
async fn e3_every_change_that_happened_is_in_the_history_and_no_other() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let id = page(&db, "about").await.id;
    page(&db, "other").await;
    save_draft(&db, &id, 1, &draft("about", "One"), &BOB).await.unwrap();
    publish(&db, &id, 2, &ANN).await.unwrap();
    unpublish(&db, &id, 3, &BOB).await.unwrap();
    save_and_publish(&db, &id, 4, &draft("about", "Two"), &ANN).await.unwrap();
    save_draft(&db, &id, 4, &draft("about", "Late"), &BOB).await.unwrap_err();
    save_draft(&db, &id, 5, &draft("moved", "Moved"), &BOB).await.unwrap_err();
    create(&db, "id-again", &draft("about", "Again"), &ANN).await.unwrap_err();

    let events = history(&db, &id, 100).await.unwrap();
    let reported: Vec<_> =
        events.iter().map(|event| (event.version, event.by.as_str(), event.what)).collect();
    let expected = [
        (5, "ann", What::SavedAndPublished),
        (4, "bob", What::Unpublished),
        (3, "ann", What::Published),
        (2, "bob", What::Saved),
        (1, "ann", What::Created),
    ];
    assert_eq!(reported, expected);
    assert_eq!((events[0].at, events[0].request_id.as_deref()), (100, Some("request-1")));
    assert_eq!((events[1].at, events[1].request_id.as_deref()), (200, None));
    assert_eq!(history(&db, &id, 2).await.unwrap().len(), 2);
    assert_eq!(history(&db, "id-again", 9).await.unwrap(), []);
}
