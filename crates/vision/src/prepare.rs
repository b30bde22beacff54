//! Turns the block-quantised OpenCV Zoo models into plain fp32 models that ONNX Runtime takes and runs
//! fast: weights are dequantised once, sizes become symbolic, and layers are written in operators that
//! stay in the blocked memory layout. It knows ONNX files and nothing of faces.

mod constants;
mod layers;
mod tensors;

use std::collections::HashSet;

use prost::Message;

use crate::error::VisionError;
use crate::onnx::{Dimension, DimensionValue, Graph, Model};

use constants::fold_constants;
use layers::{fold_normalisation, rewrite_prelu};

/// Prepares YuNet: fp32 weights, and a symbolic height and width (any multiples of 32).
///
/// # Errors
/// [`VisionError::Model`] when the bytes are no ONNX model or use what is not understood here.
pub fn prepare_detector(raw: &[u8]) -> Result<Vec<u8>, VisionError> {
    let mut model = read(raw)?;
    let graph = plain_graph(&mut model, "input")?;
    set_input(graph, &[None, None, Some("height"), Some("width")])?;
    Ok(model.encode_to_vec())
}

/// Prepares SFace: fp32 weights, normalisation folded into the convolutions, PRelu rewritten, and a symbolic batch.
///
/// # Errors
/// [`VisionError::Model`] when the bytes are no ONNX model or use what is not understood here.
pub fn prepare_embedder(raw: &[u8]) -> Result<Vec<u8>, VisionError> {
    let mut model = read(raw)?;
    let graph = plain_graph(&mut model, "data")?;
    fold_normalisation(graph)?;
    rewrite_prelu(graph)?;
    drop_unused(graph);
    set_input(graph, &[Some("batch"), None, None, None])?;
    Ok(model.encode_to_vec())
}

fn read(raw: &[u8]) -> Result<Model, VisionError> {
    Model::decode(raw).map_err(|e| bad(format!("not an ONNX model: {e}")))
}

fn bad(reason: impl Into<words::Text>) -> VisionError {
    VisionError::Model { file: String::new(), reason: reason.into() }
}

/// Folds the constants, drops what is unused and every graph input but `input`.
fn plain_graph<'m>(model: &'m mut Model, input: &str) -> Result<&'m mut Graph, VisionError> {
    let graph = model.graph.as_mut().ok_or_else(|| bad("the file holds no graph"))?;
    fold_constants(graph)?;
    drop_unused(graph);
    graph.input.retain(|i| i.name.as_deref() == Some(input));
    if graph.input.len() != 1 {
        return Err(bad(format!("the graph has no input called `{input}`")));
    }
    Ok(graph)
}

fn drop_unused(graph: &mut Graph) {
    let used: HashSet<&str> = graph
        .node
        .iter()
        .flat_map(|n| n.input.iter().map(String::as_str))
        .chain(graph.output.iter().filter_map(|o| o.name.as_deref()))
        .collect();
    graph.initializer.retain(|t| t.name.as_deref().is_some_and(|n| used.contains(n)));
}

/// Makes dimensions of the only input symbolic and drops the shapes that no longer hold.
fn set_input(graph: &mut Graph, symbols: &[Option<&str>]) -> Result<(), VisionError> {
    let dimensions = graph
        .input
        .first_mut()
        .and_then(|i| i.dimensions())
        .filter(|d| d.len() == symbols.len())
        .ok_or_else(|| bad("the input is not a picture of four dimensions"))?;
    for (dimension, symbol) in dimensions.iter_mut().zip(symbols) {
        if let Some(symbol) = symbol {
            *dimension = Dimension { value: Some(DimensionValue::Symbol((*symbol).into())), denotation: None };
        }
    }
    graph.output.iter_mut().for_each(|o| o.drop_shape());
    graph.value_info.clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::tensors::float_tensor;
    use super::*;
    use crate::onnx::{Attribute, Node};
    use proptest::prelude::*;

    fn node_of(attribute: Vec<Attribute>) -> Node {
        Node { op_type: Some("Conv".into()), output: vec!["y".into()], attribute, ..Node::default() }
    }

    #[test]
    fn a_model_read_and_written_is_the_same_to_the_byte() {
        let graph = Graph {
            node: vec![node_of(vec![Attribute::int("axis", 0), Attribute::ints("pads", &[0, 1])])],
            initializer: vec![float_tensor("v", vec![1], &[-7.0]), float_tensor("w", vec![1], &[0.0])],
            ..Graph::default()
        };
        let model = Model { ir_version: Some(0), graph: Some(graph), ..Model::default() };
        let bytes = model.encode_to_vec();
        assert_eq!(read(&bytes).unwrap().encode_to_vec(), bytes);
    }

    proptest! {
        #[test]
        fn rubbish_is_refused_and_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(prepare_detector(&bytes).is_err());
            prop_assert!(prepare_embedder(&bytes).is_err());
        }
    }
}
