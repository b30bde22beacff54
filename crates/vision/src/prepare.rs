//! Turns the block-quantised OpenCV Zoo models into plain fp32 models that ONNX Runtime takes and runs
//! fast: weights are dequantised once, sizes become symbolic, and PRelu is written in operators that
//! stay in the blocked memory layout. It knows ONNX files and nothing of faces.

use std::collections::{HashMap, HashSet};

use prost::Message;

use crate::error::VisionError;
use crate::onnx::{Attribute, Dimension, DimensionValue, Graph, Model, Node, Tensor};

const FLOAT: i32 = 1;
const UINT8: i32 = 2;
const INT8: i32 = 3;
const INT64: i32 = 7;

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

/// Prepares SFace: fp32 weights, PRelu rewritten, and a symbolic batch.
///
/// # Errors
/// [`VisionError::Model`] when the bytes are no ONNX model or use what is not understood here.
pub fn prepare_embedder(raw: &[u8]) -> Result<Vec<u8>, VisionError> {
    let mut model = read(raw)?;
    let graph = plain_graph(&mut model, "data")?;
    rewrite_prelu(graph)?;
    drop_unused(graph);
    set_input(graph, &[Some("batch"), None, None, None])?;
    Ok(model.encode_to_vec())
}

fn read(raw: &[u8]) -> Result<Model, VisionError> {
    Model::decode(raw).map_err(|e| bad(format!("not an ONNX model: {e}")))
}

fn bad(reason: impl Into<String>) -> VisionError {
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

/// Replaces every DequantizeLinear and Reshape of initializers by an initializer named after its output.
fn fold_constants(graph: &mut Graph) -> Result<(), VisionError> {
    let mut constants: HashMap<String, Tensor> =
        graph.initializer.drain(..).map(|t| (t.name.clone().unwrap_or_default(), t)).collect();
    let mut kept = Vec::with_capacity(graph.node.len());
    for node in graph.node.drain(..) {
        let inputs: Option<Vec<&Tensor>> = node.input.iter().map(|i| constants.get(i)).collect();
        let folded = match inputs {
            Some(inputs) if node.is("DequantizeLinear") => Some(dequantise(&node, &inputs)?),
            Some(inputs) if node.is("Reshape") => Some(reshape(&inputs)?),
            _ => None,
        };
        match (folded, node.output.first()) {
            (Some(mut tensor), Some(name)) => {
                tensor.name = Some(name.clone());
                constants.insert(name.clone(), tensor);
            }
            _ => kept.push(node),
        }
    }
    graph.node = kept;
    graph.initializer = constants.into_values().collect();
    // The order of a hash map differs from run to run; the file must not.
    graph.initializer.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
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

/// y = (x - zero) * scale (ONNX operator DequantizeLinear, opset 21), per tensor, per axis or in blocks.
fn dequantise(node: &Node, inputs: &[&Tensor]) -> Result<Tensor, VisionError> {
    let (x, scale) = match inputs {
        [x, scale] | [x, scale, _] => (*x, *scale),
        _ => return Err(bad("DequantizeLinear with an odd number of inputs")),
    };
    let values = integers(x)?;
    let scales = floats(scale)?;
    let zeros = match inputs.get(2) {
        Some(zero) => integers(zero)?,
        None => vec![0; scales.len()],
    };
    let shape = sizes(&x.dims)?;
    if values.is_empty() {
        return Err(bad("DequantizeLinear of nothing"));
    }
    let rank = shape.len();
    let axis = node.int("axis").unwrap_or(1);
    let axis = usize::try_from(if axis < 0 { axis + rank as i64 } else { axis })
        .map_err(|_| bad("DequantizeLinear with a negative axis"))?;
    let per_tensor = scales.len() == 1;
    if zeros.len() != scales.len() || (!per_tensor && axis >= rank) {
        return Err(bad("DequantizeLinear with scales that do not fit"));
    }
    // Everything is laid out as [outer, along axis, inner]; a scale covers `block` steps along the axis.
    let along = if per_tensor { 1 } else { shape[axis] };
    let (inner, block, steps) = if per_tensor {
        (values.len().max(1), 1, 1)
    } else {
        let inner: usize = shape[axis + 1..].iter().product::<usize>().max(1);
        if scale.dims.len() == rank {
            let block = usize::try_from(node.int("block_size").unwrap_or(0)).unwrap_or(0);
            (inner, block, sizes(&scale.dims)?[axis])
        } else {
            (inner, 1, along)
        }
    };
    let blocked = !per_tensor && scale.dims.len() == rank;
    let outer = values.len() / (along * inner).max(1);
    let wanted = if per_tensor {
        1
    } else if blocked {
        outer * steps * inner
    } else {
        along
    };
    if block == 0 || steps * block < along || scales.len() != wanted {
        return Err(bad("DequantizeLinear with a block size that does not fit"));
    }
    let out = values
        .iter()
        .enumerate()
        .map(|(n, &value)| {
            let (o, a, i) = (n / (along * inner), n / inner % along, n % inner);
            let s = match (per_tensor, blocked) {
                (true, _) => 0,
                (false, true) => (o * steps + a / block) * inner + i,
                (false, false) => a,
            };
            (value - zeros[s]) as f32 * scales[s]
        })
        .collect::<Vec<f32>>();
    Ok(float_tensor("", x.dims.clone(), &out))
}

fn reshape(inputs: &[&Tensor]) -> Result<Tensor, VisionError> {
    let [data, shape] = inputs else {
        return Err(bad("Reshape with an odd number of inputs"));
    };
    let mut dims = integers64(shape)?;
    for (n, d) in dims.iter_mut().enumerate() {
        if *d == 0 {
            *d = *data.dims.get(n).ok_or_else(|| bad("Reshape beyond the rank"))?;
        }
    }
    let total = product(&data.dims)?;
    let known = product(&dims.iter().copied().filter(|d| *d > 0).collect::<Vec<_>>())?;
    for d in dims.iter_mut().filter(|d| **d < 0) {
        *d = total / known.max(1);
    }
    if product(&dims)? != total {
        return Err(bad("Reshape to another number of elements"));
    }
    Ok(Tensor { dims, ..(*data).clone() })
}

/// y = s·x + (1 - s)·relu(x), written as Relu, two depthwise 1 × 1 Conv and an Add. ONNX Runtime's PRelu
/// runs element by element outside its blocked layout; these do not, which halves the time of the model.
fn rewrite_prelu(graph: &mut Graph) -> Result<(), VisionError> {
    let mut nodes = Vec::with_capacity(graph.node.len() + 64);
    for node in std::mem::take(&mut graph.node) {
        if !node.is("PRelu") {
            nodes.push(node);
            continue;
        }
        let ([x, slope], [y]) = (node.input.as_slice(), node.output.as_slice()) else {
            return Err(bad("PRelu with an odd number of values"));
        };
        let slope = graph
            .initializer
            .iter()
            .find(|t| t.name.as_ref() == Some(slope))
            .ok_or_else(|| bad("PRelu without a constant slope"))?;
        let slopes = floats(slope)?;
        if slope.dims.first() != Some(&(slopes.len() as i64)) || slope.dims.len() != 3 {
            return Err(bad("PRelu whose slope is not one per channel"));
        }
        let rest: Vec<f32> = slopes.iter().map(|s| 1.0 - s).collect();
        let channels = slopes.len() as i64;
        let name = |part: &str| format!("{y}/{part}");
        let dims = vec![channels, 1, 1, 1];
        graph.initializer.push(float_tensor(&name("slope"), dims.clone(), &slopes));
        graph.initializer.push(float_tensor(&name("rest"), dims, &rest));
        nodes.push(simple("Relu", &[x], &name("relu"), vec![]));
        nodes.push(depthwise(x, &name("slope"), &name("scaled"), channels));
        nodes.push(depthwise(&name("relu"), &name("rest"), &name("positive"), channels));
        nodes.push(simple("Add", &[&name("scaled"), &name("positive")], y, vec![]));
    }
    graph.node = nodes;
    Ok(())
}

fn simple(op_type: &str, input: &[&str], output: &str, attribute: Vec<Attribute>) -> Node {
    Node {
        input: input.iter().map(|i| (*i).to_owned()).collect(),
        output: vec![output.to_owned()],
        name: Some(output.to_owned()),
        op_type: Some(op_type.to_owned()),
        attribute,
        ..Node::default()
    }
}

fn depthwise(x: &str, weight: &str, output: &str, channels: i64) -> Node {
    let attributes = vec![Attribute::int("group", channels), Attribute::ints("kernel_shape", &[1, 1])];
    simple("Conv", &[x, weight], output, attributes)
}

fn sizes(dims: &[i64]) -> Result<Vec<usize>, VisionError> {
    dims.iter().map(|d| usize::try_from(*d).map_err(|_| bad("a tensor with a negative size"))).collect()
}

fn product(dims: &[i64]) -> Result<i64, VisionError> {
    dims.iter().try_fold(1i64, |a, b| a.checked_mul(*b)).ok_or_else(|| bad("a tensor that is too large"))
}

fn check_length(tensor: &Tensor, found: usize) -> Result<(), VisionError> {
    let wanted = sizes(&tensor.dims)?.iter().try_fold(1usize, |a, b| a.checked_mul(*b));
    if wanted == Some(found) {
        Ok(())
    } else {
        let name = tensor.name.as_deref().unwrap_or("");
        Err(bad(format!("the tensor `{name}` has {found} elements, not as its shape says")))
    }
}

/// The elements of an int8 or uint8 tensor.
fn integers(tensor: &Tensor) -> Result<Vec<i32>, VisionError> {
    let values = match (tensor.data_type, &tensor.raw_data) {
        (Some(INT8), Some(raw)) => raw.iter().map(|b| i32::from(*b as i8)).collect(),
        (Some(UINT8), Some(raw)) => raw.iter().map(|b| i32::from(*b)).collect(),
        (Some(INT8 | UINT8), None) => tensor.int32_data.clone(),
        (other, _) => return Err(bad(format!("a quantised tensor of type {other:?}"))),
    };
    check_length(tensor, values.len())?;
    Ok(values)
}

fn integers64(tensor: &Tensor) -> Result<Vec<i64>, VisionError> {
    let values: Vec<i64> = match (tensor.data_type, &tensor.raw_data) {
        (Some(INT64), Some(raw)) => raw.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect(),
        (Some(INT64), None) => tensor.int64_data.clone(),
        (other, _) => return Err(bad(format!("a shape of type {other:?}"))),
    };
    check_length(tensor, values.len())?;
    Ok(values)
}

fn floats(tensor: &Tensor) -> Result<Vec<f32>, VisionError> {
    let values: Vec<f32> = match (tensor.data_type, &tensor.raw_data) {
        (Some(FLOAT), Some(raw)) => raw.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
        (Some(FLOAT), None) => tensor.float_data.clone(),
        (other, _) => return Err(bad(format!("a scale of type {other:?}"))),
    };
    check_length(tensor, values.len())?;
    Ok(values)
}

fn float_tensor(name: &str, dims: Vec<i64>, values: &[f32]) -> Tensor {
    Tensor {
        dims,
        data_type: Some(FLOAT),
        name: Some(name.to_owned()),
        raw_data: Some(values.iter().flat_map(|v| v.to_le_bytes()).collect()),
        ..Tensor::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn int8(dims: &[i64], values: &[i8]) -> Tensor {
        Tensor {
            dims: dims.to_vec(),
            data_type: Some(INT8),
            raw_data: Some(values.iter().map(|v| *v as u8).collect()),
            ..Tensor::default()
        }
    }

    fn node(attributes: Vec<Attribute>) -> Node {
        simple("DequantizeLinear", &[], "y", attributes)
    }

    #[test]
    fn blocks_axes_and_whole_tensors_are_dequantised() {
        let x = int8(&[2, 3], &[1, 2, 3, 4, 5, 6]);
        let blocked = node(vec![Attribute::int("axis", 1), Attribute::int("block_size", 2)]);
        let scale = float_tensor("s", vec![2, 2], &[1.0, 10.0, 100.0, 1000.0]);
        let zero = int8(&[2, 2], &[0, 1, 0, 1]);
        let y = dequantise(&blocked, &[&x, &scale, &zero]).unwrap();
        assert_eq!(floats(&y).unwrap(), [1.0, 2.0, 20.0, 400.0, 500.0, 5000.0]);
        let axis = node(vec![Attribute::int("axis", 0)]);
        let y = dequantise(&axis, &[&x, &float_tensor("s", vec![2], &[1.0, 2.0])]).unwrap();
        assert_eq!(floats(&y).unwrap(), [1.0, 2.0, 3.0, 8.0, 10.0, 12.0]);
        let y = dequantise(&blocked, &[&x, &float_tensor("s", vec![], &[0.5])]).unwrap();
        assert_eq!(floats(&y).unwrap(), [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]);
        let wrong = float_tensor("s", vec![2, 1], &[1.0, 2.0]);
        assert!(dequantise(&blocked, &[&x, &wrong]).is_err());
    }

    #[test]
    fn a_model_read_and_written_is_the_same_to_the_byte() {
        let graph = Graph {
            node: vec![node(vec![Attribute::int("axis", 0), Attribute::ints("pads", &[0, 1])])],
            initializer: vec![int8(&[1], &[-7]), float_tensor("w", vec![1], &[0.0])],
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
