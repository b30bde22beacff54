//! Layers written in the operators that ONNX Runtime runs fastest: normalisation as part of the convolution
//! before it, PRelu as convolutions that can be fused with the Relu and the Add after them.

use std::collections::HashMap;

use super::bad;
use super::tensors::{float_tensor, floats};
use crate::error::VisionError;
use crate::onnx::{Attribute, Graph, Node, Tensor};

/// ONNX's own default of the attribute `epsilon` of BatchNormalization.
const EPSILON: f32 = 1e-5;

/// Makes every BatchNormalization part of the Conv whose only reader it is:
/// y = (W·x + b - mean)·k + beta with k = gamma / sqrt(variance + epsilon), so W' = k·W, b' = (b - mean)·k + beta.
/// ONNX Runtime would do it too, but only after PRelu was rewritten, which needs the folded weights.
pub(super) fn fold_normalisation(graph: &mut Graph) -> Result<(), VisionError> {
    let readers = readers(graph);
    let mut nodes: Vec<Node> = Vec::with_capacity(graph.node.len());
    for node in std::mem::take(&mut graph.node) {
        let conv = node.input.first().and_then(|x| only_conv(&nodes, &readers, x));
        match conv {
            Some(conv) if node.is("BatchNormalization") => {
                let [k, shift] = normalisation(&node, graph)?;
                let weights = Weights::of(&nodes[conv], graph)?;
                let bias = weights.bias.iter().zip(k.iter().zip(&shift)).map(|(b, (k, s))| b * k + s).collect();
                let folded = Weights { bias, ..weights.scaled(&k)? };
                let (x, attributes) = (nodes[conv].input[0].clone(), nodes[conv].attribute.clone());
                let y = node.output.first().cloned().unwrap_or_default();
                nodes[conv] = folded.conv(&x, &y, attributes, graph);
            }
            _ => nodes.push(node),
        }
    }
    graph.node = nodes;
    Ok(())
}

/// Gain and shift of a BatchNormalization, one each per channel.
fn normalisation(node: &Node, graph: &Graph) -> Result<[Vec<f32>; 2], VisionError> {
    let [_, gamma, beta, mean, variance] = node.input.as_slice() else {
        return Err(bad("BatchNormalization with an odd number of inputs"));
    };
    let [gamma, beta, mean, variance] =
        [constant(graph, gamma)?, constant(graph, beta)?, constant(graph, mean)?, constant(graph, variance)?];
    let epsilon = node.float("epsilon").unwrap_or(EPSILON);
    let k: Vec<f32> = gamma.iter().zip(&variance).map(|(g, v)| g / (v + epsilon).sqrt()).collect();
    let shift = beta.iter().zip(mean.iter().zip(&k)).map(|(b, (m, k))| b - m * k).collect();
    Ok([k, shift])
}

/// PRelu, y = s·x + (1 - s)·relu(x), as s·x + sign(1 - s)·relu(|1 - s|·x): two scaled copies of x, of which one
/// passes a Relu. ONNX Runtime's own PRelu runs element by element outside the blocked layout. Here the Relu and the
/// Add become part of the convolutions that scale. Where x comes from a depthwise convolution, that convolution itself
/// is run with scaled weights; else the copies are depthwise convolutions of 1 × 1. The factor sign(1 - s) is needed
/// only in a layer that has a slope over 1.
pub(super) fn rewrite_prelu(graph: &mut Graph) -> Result<(), VisionError> {
    let readers = readers(graph);
    let mut nodes: Vec<Node> = Vec::with_capacity(graph.node.len() * 2);
    for node in std::mem::take(&mut graph.node) {
        if !node.is("PRelu") {
            nodes.push(node);
            continue;
        }
        let ([x, slope], [y]) = (node.input.as_slice(), node.output.as_slice()) else {
            return Err(bad("PRelu with an odd number of values"));
        };
        let slopes = slopes(graph, slope)?;
        let scale = match only_conv(&nodes, &readers, x).filter(|n| is_depthwise(&nodes[*n])) {
            Some(conv) => {
                let conv = nodes.remove(conv);
                Scale { x: conv.input[0].clone(), weights: Weights::of(&conv, graph)?, attributes: conv.attribute }
            }
            None => Scale::identity(x, slopes.len()),
        };
        let name = |part: &str| format!("{y}/{part}");
        let rest: Vec<f32> = slopes.iter().map(|s| (1.0 - s).abs()).collect();
        nodes.push(scale.by(&rest, &name("rest"), graph)?);
        nodes.push(simple("Relu", &[&name("rest")], &name("relu"), vec![]));
        let mut positive = name("relu");
        if slopes.iter().any(|s| *s > 1.0) {
            let signs: Vec<f32> = slopes.iter().map(|s| (1.0 - s).signum()).collect();
            nodes.push(Scale::identity(&positive, signs.len()).by(&signs, &name("signed"), graph)?);
            positive = name("signed");
        }
        nodes.push(scale.by(&slopes, &name("scaled"), graph)?);
        nodes.push(simple("Add", &[&name("scaled"), &positive], y, vec![]));
    }
    graph.node = nodes;
    Ok(())
}

fn slopes(graph: &Graph, name: &str) -> Result<Vec<f32>, VisionError> {
    let slope = initializer(graph, name).ok_or_else(|| bad("PRelu without a constant slope"))?;
    let slopes = floats(slope)?;
    if slope.dims.first() != Some(&(slopes.len() as i64)) || slope.dims.len() != 3 {
        return Err(bad("PRelu whose slope is not one per channel"));
    }
    Ok(slopes)
}

/// A convolution that can be made several times, each time with its channels scaled.
struct Scale {
    x: String,
    weights: Weights,
    attributes: Vec<Attribute>,
}

impl Scale {
    /// Leaves `x` of so many channels as it is.
    fn identity(x: &str, channels: usize) -> Self {
        let count = channels as i64;
        Self {
            x: x.to_owned(),
            weights: Weights { dims: vec![count, 1, 1, 1], values: vec![1.0; channels], bias: vec![0.0; channels] },
            attributes: vec![Attribute::int("group", count), Attribute::ints("kernel_shape", &[1, 1])],
        }
    }

    fn by(&self, factors: &[f32], output: &str, graph: &mut Graph) -> Result<Node, VisionError> {
        Ok(self.weights.scaled(factors)?.conv(&self.x, output, self.attributes.clone(), graph))
    }
}

/// Weights [out, in / group, height, width] and bias [out] of a Conv.
struct Weights {
    dims: Vec<i64>,
    values: Vec<f32>,
    bias: Vec<f32>,
}

impl Weights {
    fn of(conv: &Node, graph: &Graph) -> Result<Self, VisionError> {
        let weight = conv.input.get(1).and_then(|name| initializer(graph, name));
        let weight = weight.ok_or_else(|| bad("Conv without constant weights"))?;
        let channels = weight.dims.first().copied().unwrap_or(0);
        let channels = usize::try_from(channels).map_err(|_| bad("Conv with a negative size"))?;
        let bias = match conv.input.get(2) {
            Some(name) => constant(graph, name)?,
            None => vec![0.0; channels],
        };
        let values = floats(weight)?;
        if channels == 0 || values.is_empty() || bias.len() != channels {
            return Err(bad("Conv whose weights and bias do not fit"));
        }
        Ok(Self { dims: weight.dims.clone(), values, bias })
    }

    /// Each output channel multiplied by its factor.
    fn scaled(&self, factors: &[f32]) -> Result<Self, VisionError> {
        if factors.len() != self.bias.len() {
            return Err(bad("a layer with another number of channels than the Conv before it"));
        }
        let channel = self.values.len() / factors.len();
        let values = self.values.chunks_exact(channel).zip(factors).flat_map(|(w, k)| w.iter().map(move |v| v * k));
        let bias = self.bias.iter().zip(factors).map(|(b, k)| b * k).collect();
        Ok(Self { dims: self.dims.clone(), values: values.collect(), bias })
    }

    /// A Conv with these weights, which become constants of the graph.
    fn conv(&self, x: &str, output: &str, attributes: Vec<Attribute>, graph: &mut Graph) -> Node {
        let [weight, bias] = [format!("{output}/weight"), format!("{output}/bias")];
        graph.initializer.push(float_tensor(&weight, self.dims.clone(), &self.values));
        graph.initializer.push(float_tensor(&bias, vec![self.bias.len() as i64], &self.bias));
        simple("Conv", &[x, &weight, &bias], output, attributes)
    }
}

/// Whether a Conv costs so little that it may be run twice.
fn is_depthwise(conv: &Node) -> bool {
    conv.int("group").unwrap_or(1) > 1
}

/// The Conv that makes `value`, if nothing but one node reads it.
fn only_conv(nodes: &[Node], readers: &HashMap<String, usize>, value: &str) -> Option<usize> {
    let maker = nodes.iter().rposition(|n| n.output.iter().any(|o| o == value))?;
    (nodes[maker].is("Conv") && readers.get(value) == Some(&1)).then_some(maker)
}

/// How many inputs of nodes, and outputs of the graph, each value is.
fn readers(graph: &Graph) -> HashMap<String, usize> {
    let read = graph.node.iter().flat_map(|n| n.input.iter());
    let mut readers = HashMap::new();
    for name in read.chain(graph.output.iter().filter_map(|o| o.name.as_ref())) {
        *readers.entry(name.clone()).or_insert(0) += 1;
    }
    readers
}

fn initializer<'g>(graph: &'g Graph, name: &str) -> Option<&'g Tensor> {
    graph.initializer.iter().find(|t| t.name.as_deref() == Some(name))
}

fn constant(graph: &Graph, name: &str) -> Result<Vec<f32>, VisionError> {
    floats(initializer(graph, name).ok_or_else(|| bad(format!("`{name}` is not a constant")))?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const X: &str = "x";

    /// Runs a graph of Conv with kernels of 1 × 1, Relu and Add on one pixel.
    fn run(graph: &Graph, x: &[f32]) -> Vec<f32> {
        let mut values = HashMap::from([(X.to_owned(), x.to_vec())]);
        for node in &graph.node {
            let input = |n: usize| values[&node.input[n]].as_slice();
            let y: Vec<f32> = match node.op_type.as_deref() {
                Some("Relu") => input(0).iter().map(|v| v.max(0.0)).collect(),
                Some("Add") => input(0).iter().zip(input(1)).map(|(a, b)| a + b).collect(),
                Some("Conv") => {
                    let (weights, x) = (Weights::of(node, graph).unwrap(), input(0));
                    let each = weights.values.len() / weights.bias.len();
                    let seen = |n: usize| if is_depthwise(node) { &x[n..=n] } else { x };
                    let sum = |n: usize, w: &[f32]| w.iter().zip(seen(n)).map(|(w, x)| w * x).sum::<f32>();
                    let rows = weights.values.chunks_exact(each).zip(&weights.bias).enumerate();
                    rows.map(|(n, (w, b))| sum(n, w) + b).collect()
                }
                other => panic!("{other:?} should not be there"),
            };
            values.insert(node.output[0].clone(), y);
        }
        values["y"].clone()
    }

    /// x → Conv (depthwise or not) → BatchNormalization → PRelu → y, with three channels.
    fn layers(depthwise: bool, weights: &[f32], normal: &[[f32; 3]; 4], slopes: [f32; 3]) -> Graph {
        let (group, weights) = if depthwise { (3, &weights[..3]) } else { (1, weights) };
        let channel = |name: &str, values: &[f32]| float_tensor(name, vec![3], values);
        let names = ["gamma", "beta", "mean", "variance"];
        let mut initializer: Vec<Tensor> = names.iter().zip(normal).map(|(n, v)| channel(n, v)).collect();
        initializer.push(float_tensor("w", vec![3, weights.len() as i64 / 3, 1, 1], weights));
        initializer.push(float_tensor("slope", vec![3, 1, 1], &slopes));
        let node = vec![
            simple("Conv", &[X, "w"], "conv", vec![Attribute::int("group", group)]),
            simple("BatchNormalization", &["conv", "gamma", "beta", "mean", "variance"], "normal", vec![]),
            simple("PRelu", &["normal", "slope"], "y", vec![]),
        ];
        Graph { node, initializer, ..Graph::default() }
    }

    proptest! {
        #[test]
        fn rewritten_layers_give_the_same_numbers(
            depthwise: bool,
            x in proptest::array::uniform3(-3f32..3.0),
            weights in proptest::collection::vec(-2f32..2.0, 9),
            (gamma, beta, mean) in (
                proptest::array::uniform3(-2f32..2.0),
                proptest::array::uniform3(-2f32..2.0),
                proptest::array::uniform3(-2f32..2.0),
            ),
            variance in proptest::array::uniform3(0.1f32..2.0),
            slopes in proptest::array::uniform3(-0.8f32..1.2),
        ) {
            let mut graph = layers(depthwise, &weights, &[gamma, beta, mean, variance], slopes);
            fold_normalisation(&mut graph).unwrap();
            rewrite_prelu(&mut graph).unwrap();
            for (c, y) in run(&graph, &x).iter().enumerate() {
                let conv: f32 = if depthwise {
                    weights[c] * x[c]
                } else {
                    weights[3 * c..3 * c + 3].iter().zip(&x).map(|(w, x)| w * x).sum()
                };
                let normal = gamma[c] * (conv - mean[c]) / (variance[c] + EPSILON).sqrt() + beta[c];
                let wanted = if normal > 0.0 { normal } else { slopes[c] * normal };
                prop_assert!((y - wanted).abs() < 1e-3, "channel {c}: {y} instead of {wanted}");
            }
        }
    }

    #[test]
    fn a_convolution_that_others_read_too_stays() {
        let mut graph = layers(true, &[1.0; 9], &[[1.0; 3]; 4], [0.5; 3]);
        graph.node.push(simple("Relu", &["conv"], "other", vec![]));
        fold_normalisation(&mut graph).unwrap();
        assert!(graph.node.iter().any(|n| n.is("BatchNormalization")));
        assert!(graph.node.iter().any(|n| n.output == ["conv"]));
    }
}
