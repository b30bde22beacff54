//! A network camera: motion JPEG over HTTP. No proxy, no scheme but http and https, a time-out on everything, and no way on
//! to another host: what a person typed is what is asked.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::{Action, Attempt, Policy};
use reqwest::{Client, StatusCode, Url};

use crate::frame::{FrameImage, dimensions};
use crate::multipart::Multipart;
use crate::stream::{Lost, Reason, Sink, Source};

const CONNECT: Duration = Duration::from_secs(5);
/// The longest silence of a camera that is still there.
const SILENCE: Duration = Duration::from_secs(10);
/// So many parts in a row that are no picture, and the stream is given up.
const MOST_RUBBISH: u32 = 10;

pub(crate) async fn run(url: &str, sink: &mut Sink) -> Result<(), Lost> {
    let url = address(url)?;
    let client = Client::builder()
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .no_proxy()
        .redirect(Policy::custom(same_host))
        .build()
        .map_err(|e| lost(e, false))?;
    let mut response = client.get(url).send().await.map_err(|e| lost(e, false))?;
    check_status(response.status())?;
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("nothing");
    let mut parts = Multipart::new(content_type)?;
    let mut rubbish = 0;
    let mut pictures = 0u64;
    while let Some(piece) = response.chunk().await.map_err(|e| lost(e, pictures > 0))? {
        parts.feed(&piece);
        while let Some(picture) = parts.next()? {
            match dimensions(&picture) {
                Ok(size) => {
                    rubbish = 0;
                    pictures += 1;
                    sink.put(FrameImage::Encoded(picture), size, None, None);
                }
                Err(error) => {
                    rubbish += 1;
                    if rubbish >= MOST_RUBBISH {
                        return Err(error);
                    }
                }
            }
        }
    }
    Err(Lost::new(Reason::Unplugged, "the camera ended the stream"))
}

/// A camera may send on to another page or scheme of its own, at most three times.
fn same_host(attempt: Attempt<'_>) -> Action {
    let from = attempt.previous().first().and_then(Url::host_str);
    if attempt.previous().len() <= 3 && from == attempt.url().host_str() { attempt.follow() } else { attempt.stop() }
}

/// Whether trying again cannot help: the address itself is wrong.
pub(crate) fn is_hopeless(source: &Source) -> bool {
    matches!(source, Source::Network { url } if address(url).is_err())
}

fn address(url: &str) -> Result<Url, Lost> {
    let url = Url::parse(url.trim()).map_err(|e| Lost::new(Reason::NotFound, e.to_string()))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        other => Err(Lost::new(Reason::NotFound, format!("{other} is not http or https"))),
    }
}

fn check_status(status: StatusCode) -> Result<(), Lost> {
    let reason = match status {
        s if s.is_success() => return Ok(()),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Reason::Refused,
        StatusCode::NOT_FOUND | StatusCode::GONE => Reason::NotFound,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => Reason::Busy,
        _ => Reason::BadFormat,
    };
    Err(Lost::new(reason, format!("the camera answers {status}")))
}

/// The address, which may hold a password, is taken out of the detail.
fn lost(error: reqwest::Error, was_running: bool) -> Lost {
    let reason = match was_running {
        true => Reason::Unplugged,
        false if error.is_timeout() || error.is_connect() => Reason::Unreachable,
        false => Reason::BadFormat,
    };
    let error = error.without_url();
    let cause = std::error::Error::source(&error).map_or(String::new(), |c| format!(": {c}"));
    Lost::new(reason, format!("{error}{cause}"))
}
