//! The way to a real PostgreSQL server: encrypted and proved, or refused in words that tell the reasons apart.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod own_server;

use own_server::{ELSEWHERE, PASSWORD, Private};
use store::{Place, Protection, ServerPassword, Store, StoreError, StoreOptions, TlsFault};

/// Opens it with the password that the key store or a prompt would give.
async fn open_as(
    server: &Private,
    user: &str,
    database: &str,
    parts: &str,
    password: &str,
) -> Result<Store, StoreError> {
    let place = Place::parse(&server.address(ELSEWHERE, user, database, parts))?;
    Store::open(&place, &StoreOptions { password: Some(ServerPassword::new(password)), ..StoreOptions::default() })
        .await
}

async fn open(server: &Private, parts: &str) -> Result<Option<Protection>, StoreError> {
    let store = open_as(server, "office", "school", parts, PASSWORD).await?;
    let protection = store.protection();
    store.close().await?;
    Ok(protection)
}

async fn fault(server: &Private, parts: &str) -> TlsFault {
    match open(server, parts).await {
        Err(StoreError::Encryption(fault)) => fault,
        other => panic!("{parts}: {other:?}"),
    }
}

#[tokio::test]
async fn nothing_goes_readable_or_to_a_stranger_unless_the_address_says_so() {
    let Some(server) = Private::make() else { return };
    let trusted = format!("?sslrootcert={}", server.file("authority.pem"));

    server.start(&["ssl=off"]);
    assert_eq!(fault(&server, "").await, TlsFault::NotOffered);
    for said in ["?sslmode=disable", "?sslmode=prefer"] {
        assert_eq!(open(&server, said).await.unwrap(), Some(Protection::Readable), "{said}");
    }
    assert_eq!(fault(&server, "?sslmode=require").await, TlsFault::NotOffered);
    let here = Place::parse(&server.address("127.0.0.1", "office", "school", "")).unwrap();
    let with = StoreOptions { password: Some(ServerPassword::new(PASSWORD)), ..StoreOptions::default() };
    let store = Store::open(&here, &with).await.unwrap();
    assert_eq!(store.protection(), Some(Protection::Local));
    store.close().await.unwrap();
    server.stop();

    // One that the server has made for itself proves nothing.
    server.start_with("own");
    assert_eq!(fault(&server, "").await, TlsFault::Unusable);
    assert_eq!(open(&server, "?sslmode=require").await.unwrap(), Some(Protection::Unverified));
    assert_eq!(open(&server, "?sslmode=prefer").await.unwrap(), Some(Protection::Unverified));
    server.stop();

    // One of the school's own authority does, where that is named.
    server.start_with("right");
    assert_eq!(fault(&server, "").await, TlsFault::UnknownIssuer);
    assert_eq!(fault(&server, &format!("?sslrootcert={}", server.file("own.pem"))).await, TlsFault::UnknownIssuer);
    assert_eq!(fault(&server, "?sslrootcert=/no/such.pem").await, TlsFault::File("/no/such.pem".into()));
    assert_eq!(open(&server, &trusted).await.unwrap(), Some(Protection::Verified));
    server.stop();

    // For another name it is another server's.
    server.start_with("other");
    assert_eq!(fault(&server, &trusted).await, TlsFault::OtherName);
    let issuer = format!("{trusted}&sslmode=verify-ca");
    assert_eq!(open(&server, &issuer).await.unwrap(), Some(Protection::IssuerVerified));
}

#[tokio::test]
async fn what_a_real_server_refuses_is_told_apart() {
    let Some(server) = Private::make() else { return };
    let trusted = format!("?sslrootcert={}", server.file("authority.pem"));
    let refused = async |user: &str, database: &str, password: &str| {
        open_as(&server, user, database, &trusted, password).await.map(|_| ()).unwrap_err()
    };
    server.start_with("right");
    open_as(&server, "office", "school", &trusted, PASSWORD).await.unwrap().close().await.unwrap();
    assert!(matches!(refused("office", "school", "not it").await, StoreError::Password));
    assert!(matches!(refused("office", "schol", PASSWORD).await, StoreError::NoDatabase));
    assert!(matches!(refused("stranger", "school", PASSWORD).await, StoreError::NoRights));
    assert!(matches!(refused("guest", "school", PASSWORD).await, StoreError::NoRights));
    server.stop();
    assert!(matches!(refused("office", "school", PASSWORD).await, StoreError::Unreachable(_)));
}
