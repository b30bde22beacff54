use vision::*;
fn main(){}
