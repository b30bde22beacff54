fn main() { homeroom_app::run() }
