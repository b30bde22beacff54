//! Cameras as the application opens them: folders, files, a network camera on loopback and a webcam that
//! is not there.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use camera::{Camera, Clock, FrameImage, Reason, Retry, Source, State, open};
use image::{ImageFormat, RgbImage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn clock() -> Clock {
    Arc::new(|| Duration::from_secs(7))
}

fn start(source: Source) -> Camera {
    let retry = Retry { first: Duration::from_millis(1), most: Duration::from_millis(4) };
    open(source, clock(), retry)
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, image::Rgb([90, 120, 150])).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn folder(path: &Path, repeat: bool) -> Source {
    Source::Folder { path: path.to_owned(), frames_per_second: 200.0, repeat }
}

async fn state_where(camera: &Camera, wanted: impl Fn(&State) -> bool) -> State {
    let mut states = camera.states();
    states.wait_for(|s| wanted(s)).await.unwrap().clone()
}

fn reason(state: &State) -> Option<Reason> {
    match state {
        State::Lost { lost } | State::Retrying { lost, .. } => Some(lost.reason),
        _ => None,
    }
}

#[tokio::test]
async fn a_folder_is_played_in_name_order_and_passes_over_what_is_no_picture() {
    let dir = tempfile::tempdir().unwrap();
    for (name, width) in [("c.jpg", 30), ("a.jpg", 10), ("b.png", 20)] {
        let kind = ImageFormat::from_path(name).unwrap();
        RgbImage::new(width, 8).save_with_format(dir.path().join(name), kind).unwrap();
    }
    std::fs::write(dir.path().join("notes.txt"), "no picture").unwrap();
    let mut camera = start(folder(dir.path(), false));
    let mut seen = Vec::new();
    while let Some(frame) = camera.next().await {
        seen.push((frame.width, frame.sequence, frame.name.clone().unwrap(), frame.at));
    }
    let step = Duration::from_secs_f64(1.0 / 200.0);
    // A reader that is too slow misses frames, but never the order, and never the last one.
    assert!(seen.is_sorted());
    assert_eq!(seen.last().unwrap(), &(30, 2, "c.jpg".to_owned(), step * 2));
    assert_eq!(camera.state(), State::Ended);
}

#[tokio::test]
async fn a_folder_can_begin_again_and_stops_when_told() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("one.jpg"), jpeg(16, 16)).unwrap();
    let mut camera = start(folder(dir.path(), true));
    let first = camera.next().await.unwrap();
    let later = camera.next().await.unwrap();
    assert!(later.sequence > first.sequence);
    let mut states = camera.states();
    camera.stop();
    // The sending side is gone: nothing runs any more.
    while states.changed().await.is_ok() {}
}

#[tokio::test]
async fn a_single_picture_is_one_frame() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("one.jpg");
    let bytes = jpeg(16, 12);
    std::fs::write(&path, &bytes).unwrap();
    let mut camera = start(Source::File { path });
    let frame = camera.next().await.unwrap();
    assert_eq!((frame.width, frame.height), (16, 12));
    assert_eq!(frame.at, Duration::from_secs(7));
    assert_eq!(frame.image, FrameImage::Encoded(bytes.clone().into()));
    assert_eq!(frame.encoded().unwrap(), Bytes::from(bytes));
    assert!(camera.next().await.is_none());
}

#[tokio::test]
async fn folders_and_files_that_cannot_be_read_say_why() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("text.jpg");
    std::fs::write(&text, "no picture").unwrap();
    let missing = dir.path().join("missing");
    for (source, wanted) in [
        (folder(&missing, false), Reason::NotFound),
        (folder(dir.path(), false), Reason::NotFound),
        (Source::File { path: missing }, Reason::NotFound),
        (Source::File { path: text }, Reason::BadFormat),
    ] {
        let mut camera = start(source);
        assert!(camera.next().await.is_none());
        assert_eq!(reason(&camera.state()), Some(wanted));
    }
}

#[tokio::test]
async fn a_webcam_that_is_not_there_is_not_found_and_tried_again() {
    if Path::new("/dev/video199").exists() {
        println!("skipped: this machine has a camera 199");
        return;
    }
    let camera = start(Source::Webcam { device: 199, width: 640, height: 480 });
    let state = state_where(&camera, |s| matches!(s, State::Retrying { wait_ms: 4, .. })).await;
    assert_eq!(reason(&state), Some(Reason::NotFound), "{state:?}");
    assert!(camera::devices().unwrap().iter().all(|d| d.device != 199));
}

/// A server that answers each connection by `answer` and the number of the connection.
async fn serve<F, W>(answer: F) -> Source
where
    F: Fn(TcpStream, usize) -> W + Send + 'static,
    W: Future<Output = ()> + Send,
{
    // The application does this once in `main`; a second time is refused, which is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://user:secret@{}/video", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            answer(stream, number).await;
        }
    });
    Source::Network { url }
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n";

fn part(bytes: &[u8]) -> Vec<u8> {
    let head = format!("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {}\r\n\r\n", bytes.len());
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

#[tokio::test]
async fn a_network_camera_runs_and_is_opened_again_when_it_is_cut_off() {
    let source = serve(|mut stream, number| async move {
        stream.write_all(HEAD.as_bytes()).await.unwrap();
        stream.write_all(&part(&jpeg(32 + number as u32, 24))).await.unwrap();
        // The connection is cut in the middle of the next picture.
        stream.write_all(&part(&jpeg(8, 8))[..60]).await.unwrap();
    })
    .await;
    let mut camera = start(source);
    let first = camera.next().await.unwrap();
    let mut later = camera.next().await.unwrap();
    while later.width < 34 {
        later = camera.next().await.unwrap();
    }
    assert!(later.width > first.width && later.sequence > first.sequence);
    let state = state_where(&camera, |s| matches!(s, State::Retrying { .. })).await;
    assert_eq!(reason(&state), Some(Reason::Unplugged), "{state:?}");
}

#[tokio::test]
async fn a_slow_reader_gets_the_newest_frame() {
    let source = serve(|mut stream, _| async move {
        stream.write_all(HEAD.as_bytes()).await.unwrap();
        for width in 1..=50 {
            stream.write_all(&part(&jpeg(width, 8))).await.unwrap();
        }
        std::future::pending::<()>().await;
    })
    .await;
    let mut camera = start(source);
    // Nothing is read until the last frame is there: the source was not held up.
    state_where(&camera, |s| matches!(s, State::Running { width: 50, .. })).await;
    assert_eq!(camera.next().await.unwrap().width, 50);
}

#[tokio::test]
async fn cameras_that_send_rubbish_are_refused_with_a_reason_and_without_the_password() {
    let huge = |name: &str| format!("{name}: {}\r\n", "x".repeat(2_000_000));
    let answers = [
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>".to_owned(), Reason::BadFormat),
        ("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".to_owned(), Reason::Refused),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(), Reason::NotFound),
        ("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".to_owned(), Reason::Busy),
        ("complete rubbish\r\n\r\n".to_owned(), Reason::BadFormat),
        (format!("HTTP/1.1 200 OK\r\n{}\r\n", huge("X-Huge")), Reason::BadFormat),
        (format!("{HEAD}--frame\r\n{}", huge("X-Huge")), Reason::BadFormat),
        (format!("{HEAD}{}", "rubbish ".repeat(20_000)), Reason::BadFormat),
        (format!("{HEAD}{}", "--frame\r\nContent-Length: 3\r\n\r\nabc".repeat(20)), Reason::BadFormat),
        (format!("{HEAD}--frame\r\nContent-Length: 999999999999\r\n\r\n"), Reason::BadFormat),
    ];
    for (answer, wanted) in answers {
        let shown: String = answer.chars().take(60).collect();
        let source = serve(move |mut stream, _| {
            let answer = answer.clone();
            async move {
                // The reader may hang up before all of it is written.
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
                let _ = stream.read_to_end(&mut Vec::new()).await;
            }
        })
        .await;
        assert!(!format!("{source:?}").contains("secret"));
        let camera = start(source);
        let state = state_where(&camera, |s| reason(s).is_some()).await;
        assert_eq!(reason(&state), Some(wanted), "{shown}: {state:?}");
        assert!(!format!("{state:?}").contains("secret"), "{state:?}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_work_is_not_tried_again() {
    for url in ["ftp://camera/video", "file:///etc/passwd", "camera", ""] {
        let mut camera = start(Source::Network { url: url.into() });
        assert!(camera.next().await.is_none());
        assert!(matches!(camera.state(), State::Lost { .. }), "{url}");
        assert_eq!(reason(&camera.state()), Some(Reason::NotFound));
    }
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let camera = start(Source::Network { url });
    let state = state_where(&camera, |s| reason(s).is_some()).await;
    assert_eq!(reason(&state), Some(Reason::Unreachable), "{state:?}");
}

#[tokio::test]
async fn a_camera_sends_on_to_itself_only() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    // The same computer by another name: what was typed is 127.0.0.1.
    let other = format!("http://localhost:{}/private", elsewhere.local_addr().unwrap().port());
    let answer = |to: String| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
    let away = serve(move |mut stream, _| {
        let answer = answer(other.clone());
        async move { stream.write_all(answer.as_bytes()).await.unwrap() }
    })
    .await;
    let camera = start(away);
    let state = state_where(&camera, |s| reason(s).is_some()).await;
    assert_eq!(reason(&state), Some(Reason::BadFormat), "{state:?}");
    drop(camera);
    let asked = std::future::poll_fn(|context| std::task::Poll::Ready(elsewhere.poll_accept(context).is_ready())).await;
    assert!(!asked, "nobody asked the other host");

    let own = serve(move |mut stream, number| async move {
        if number == 0 {
            stream.write_all(answer("/video2".into()).as_bytes()).await.unwrap();
        } else {
            stream.write_all(HEAD.as_bytes()).await.unwrap();
            stream.write_all(&part(&jpeg(16, 8))).await.unwrap();
            std::future::pending::<()>().await;
        }
    })
    .await;
    assert_eq!(start(own).next().await.unwrap().width, 16);
}

#[cfg(unix)]
#[tokio::test]
async fn devices_are_no_pictures() {
    let camera = start(Source::File { path: "/dev/zero".into() });
    let state = state_where(&camera, |s| reason(s).is_some()).await;
    assert_eq!(reason(&state), Some(Reason::BadFormat), "{state:?}");
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("a.jpg")).unwrap();
    let camera = start(self::folder(folder.path(), false));
    let state = state_where(&camera, |s| reason(s).is_some()).await;
    assert_eq!(reason(&state), Some(Reason::NotFound), "{state:?}");
}

/// Set for the process in whose environment a proxy is named: the camera that it opens.
const BEHIND_PROXY: &str = "HOMEROOM_TEST_CAMERA";

/// The test runs itself, since the environment is a whole process's.
#[tokio::test]
async fn no_proxy_of_the_environment_is_asked() {
    if let Ok(url) = std::env::var(BEHIND_PROXY) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let camera = start(Source::Network { url });
        let state = state_where(&camera, |s| matches!(s, State::Running { .. }) || reason(s).is_some()).await;
        assert!(matches!(state, State::Running { width: 16, .. }), "{state:?}");
        return;
    }
    let Source::Network { url } = serve(|mut stream, _| async move {
        stream.write_all(HEAD.as_bytes()).await.unwrap();
        stream.write_all(&part(&jpeg(16, 8))).await.unwrap();
        // Until the other side hangs up.
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await
    else {
        unreachable!("it is served over the network")
    };
    let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let named = format!("http://{}", proxy.local_addr().unwrap());
    #[allow(clippy::disallowed_methods)] // an engine, which knows no kernel
    let run = tokio::task::spawn_blocking(move || {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["no_proxy_of_the_environment_is_asked", "--exact", "--nocapture"]).env(BEHIND_PROXY, url);
        for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            child.env(name, &named);
        }
        child.env_remove("no_proxy").env_remove("NO_PROXY").env_remove("REQUEST_METHOD").output().unwrap()
    });
    tokio::select! {
        run = run => {
            let run = run.unwrap();
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
        }
        _ = proxy.accept() => panic!("the proxy was asked"),
    }
}
