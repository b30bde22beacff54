//! A way to the operations of another program: lines of JSON over a socket. Only the tests have it; it proves that nothing
//! is needed of `Calls` that a network cannot carry.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::{Announcement, Calls, Document, Error, Job, Result, Services};
use operations::Here;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, mpsc};
use uuid::Uuid;

use crate::world::device;

/// What is asked.
#[derive(Serialize, Deserialize)]
enum Ask {
    Call { operation: String, input: Value },
    Permitted { operation: String },
    Upload { file_name: String, bytes: String },
    Artifact { id: Uuid },
    Cancel,
}

/// What is answered, and what is told meanwhile.
#[derive(Serialize, Deserialize)]
enum Tell {
    Answer(Result<Value>),
    Progress(u32, u32),
    Announced(Announcement),
}

type Asked = (u64, Ask);
type Told = (u64, Tell);

/// Serves the operations of a database to whoever connects; each connection is a person of its own.
pub async fn serve(services: Arc<Services>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve_one(stream, Here::new(services.clone(), device("over a socket"))));
        }
    });
    address
}

async fn serve_one(stream: TcpStream, here: Here) {
    let here = Arc::new(here);
    let (read, write) = stream.into_split();
    let (say, said) = mpsc::unbounded_channel::<Told>();
    tokio::spawn(write_lines(write, said));
    let mut announced = here.announcements();
    let telling = say.clone();
    tokio::spawn(async move {
        while let Ok(announcement) = announced.recv().await {
            if telling.send((0, Tell::Announced(announcement))).is_err() {
                return;
            }
        }
    });
    let jobs: Arc<Mutex<HashMap<u64, Job>>> = Arc::default();
    let mut lines = BufReader::new(read).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let (id, ask): Asked = serde_json::from_str(&line).unwrap();
        if let Ask::Cancel = ask {
            jobs.lock().unwrap().get(&id).unwrap().cancel();
            continue;
        }
        let progress = say.clone();
        let job = Job::new(move |done, total| progress.send((id, Tell::Progress(done, total))).unwrap());
        jobs.lock().unwrap().insert(id, job.clone());
        let (here, say) = (here.clone(), say.clone());
        tokio::spawn(async move { say.send((id, Tell::Answer(answer(&here, ask, &job).await))) });
    }
}

async fn answer(here: &Here, ask: Ask, job: &Job) -> Result<Value> {
    match ask {
        Ask::Call { operation, input } => here.call(&operation, input, job).await,
        Ask::Permitted { operation } => here.permitted(&operation).await.map(|()| Value::Null),
        Ask::Upload { file_name, bytes } => {
            let bytes = STANDARD.decode(bytes).unwrap();
            Ok(json!(here.upload(&file_name, Arc::new(bytes)).await?))
        }
        Ask::Artifact { id } => {
            let Document { file_name, media_type, bytes } = here.artifact(id).await?;
            Ok(json!([file_name, media_type, STANDARD.encode(bytes.as_slice())]))
        }
        Ask::Cancel => unreachable!("it is no question"),
    }
}

async fn write_lines<T: Serialize>(
    mut write: tokio::net::tcp::OwnedWriteHalf,
    mut said: mpsc::UnboundedReceiver<(u64, T)>,
) {
    while let Some(one) = said.recv().await {
        let line = serde_json::to_string(&one).unwrap() + "\n";
        if write.write_all(line.as_bytes()).await.is_err() {
            return;
        }
    }
}

type Waiting = Arc<Mutex<HashMap<u64, mpsc::UnboundedSender<Tell>>>>;

/// The other end.
pub struct Socket {
    ask: mpsc::UnboundedSender<Asked>,
    waiting: Waiting,
    next: AtomicU64,
    announced: broadcast::Sender<Announcement>,
}

impl Socket {
    pub async fn connect(address: SocketAddr) -> Self {
        let (read, write) = TcpStream::connect(address).await.unwrap().into_split();
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(write_lines(write, asked));
        let (waiting, announced) = (Waiting::default(), broadcast::channel(64).0);
        let (of, passed_on) = (waiting.clone(), announced.clone());
        tokio::spawn(async move {
            let mut lines = BufReader::new(read).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                match serde_json::from_str::<Told>(&line).unwrap() {
                    (_, Tell::Announced(announcement)) => drop(passed_on.send(announcement)),
                    (id, told) => drop(of.lock().unwrap()[&id].send(told)),
                }
            }
        });
        Self { ask, waiting, next: AtomicU64::new(1), announced }
    }

    async fn ask(&self, ask: Ask, job: &Job) -> Result<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (tell, mut told) = mpsc::unbounded_channel();
        self.waiting.lock().unwrap().insert(id, tell);
        self.ask.send((id, ask)).unwrap();
        let mut cancelled = false;
        loop {
            tokio::select! {
                () = job.until_cancelled(), if !cancelled => {
                    cancelled = true;
                    self.ask.send((id, Ask::Cancel)).unwrap();
                }
                one = told.recv() => match one {
                    // Whether it was stopped is asked by the loop.
                    Some(Tell::Progress(done, total)) => drop(job.progress(done as usize, total as usize)),
                    Some(Tell::Answer(answer)) => return answer,
                    _ => return Err(Error::internal("the other end is gone")),
                },
            }
        }
    }
}

#[async_trait]
impl Calls for Socket {
    async fn call(&self, operation: &str, input: Value, job: &Job) -> Result<Value> {
        self.ask(Ask::Call { operation: operation.to_owned(), input }, job).await
    }

    async fn permitted(&self, operation: &str) -> Result<()> {
        self.ask(Ask::Permitted { operation: operation.to_owned() }, &Job::default()).await.map(|_| ())
    }

    async fn upload(&self, file_name: &str, bytes: Arc<Vec<u8>>) -> Result<Uuid> {
        let bytes = STANDARD.encode(bytes.as_slice());
        let id = self.ask(Ask::Upload { file_name: file_name.to_owned(), bytes }, &Job::default()).await?;
        Ok(serde_json::from_value(id)?)
    }

    async fn artifact(&self, id: Uuid) -> Result<Document> {
        let document = self.ask(Ask::Artifact { id }, &Job::default()).await?;
        let (file_name, media_type, bytes): (String, String, String) = serde_json::from_value(document)?;
        Ok(Document { file_name, media_type, bytes: Arc::new(STANDARD.decode(bytes).unwrap()) })
    }

    fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.announced.subscribe()
    }
}
