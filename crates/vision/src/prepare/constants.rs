//! What can be computed once and not at every run: weights that are stored quantised or in another shape.

use std::collections::HashMap;

use super::bad;
use super::tensors::{float_tensor, floats, integers, integers64, product, sizes};
use crate::error::VisionError;
use crate::onnx::{Graph, Node, Tensor};

/// Replaces every DequantizeLinear and Reshape of initializers by an initializer named after its output.
pub(super) fn fold_constants(graph: &mut Graph) -> Result<(), VisionError> {
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

#[cfg(test)]
mod tests {
    use super::super::tensors::INT8;
    use super::*;
    use crate::onnx::Attribute;

    fn int8(dims: &[i64], values: &[i8]) -> Tensor {
        Tensor {
            dims: dims.to_vec(),
            data_type: Some(INT8),
            raw_data: Some(values.iter().map(|v| *v as u8).collect()),
            ..Tensor::default()
        }
    }

    fn node(attributes: Vec<Attribute>) -> Node {
        Node { op_type: Some("DequantizeLinear".into()), attribute: attributes, ..Node::default() }
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
}
